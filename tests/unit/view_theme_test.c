/* Themes: the one for both backgrounds is read on both. */
#include "view/theme.h"

#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* WCAG 2.2 asks 3 of large and bold text and of signs; 4.58 is the most that both backgrounds can
 * have. */
#define CONTRAST 3.6

static double linear(int level)
{
	double part = level / 255.0;
	return part <= 0.04045 ? part / 12.92 : pow((part + 0.055) / 1.055, 2.4);
}

/* The relative luminance (WCAG 2.2) of a colour of xterm's cube, 16 to 231, or of its greys. */
static double luminance(int tone)
{
	static const int levels[] = {0, 95, 135, 175, 215, 255};
	int cube = tone - 16, grey = 8 + (tone - 232) * 10;

	if (tone >= 232)
		return linear(grey);
	return 0.2126 * linear(levels[cube / 36]) + 0.7152 * linear(levels[cube / 6 % 6]) +
	       0.0722 * linear(levels[cube % 6]);
}

static void calm_is_read_on_black_and_white(void **state)
{
	const struct theme *calm = theme_find("calm");
	int tones = 0;

	(void)state;
	assert_non_null(calm);
	for (int style = 0; style < STYLE_COUNT; style++) {
		const struct look *look = &calm->looks[style];
		double light;

		/* the 16 colours differ too much between terminals to be left alone */
		assert_true(look->colour < 0 || look->tone != 0);
		if (look->tone == 0)
			continue;
		assert_true(look->tone >= 16);
		light = luminance(look->tone);
		if (1.05 / (light + 0.05) < CONTRAST || (light + 0.05) / 0.05 < CONTRAST)
			fail_msg("tone %d: %.2f on white, %.2f on black", look->tone,
				 1.05 / (light + 0.05), (light + 0.05) / 0.05);
		tones++;
	}
	assert_true(tones > 0);
}

static void themes_are_found(void **state)
{
	(void)state;
	assert_ptr_equal(theme_at(0), theme_find("calm"));
	assert_null(theme_find("loud"));
	for (int style = 0; style < STYLE_COUNT; style++)
		assert_true(theme_find("mono")->looks[style].colour < 0 &&
			    theme_find("mono")->looks[style].tone == 0);
	for (size_t i = 0; theme_at(i); i++)
		assert_ptr_equal(theme_find(theme_at(i)->name), theme_at(i));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(calm_is_read_on_black_and_white),
		cmocka_unit_test(themes_are_found),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
