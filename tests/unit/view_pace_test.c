#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>

#include "view/pace.h"

#define NOW INT64_C(1795286583000)

static void no_times_no_clock(void **state)
{
	struct pace pace = {0};

	(void)state;
	assert_int_equal(pace_quiet(&pace, NOW), -1);
	pace_hear(&pace, true, -1, -1, NOW);
	assert_int_equal(pace_quiet(&pace, NOW + 60000), -1);
	assert_false(pace_both(&pace, NOW));
}

/* The transcriber's clock began 100 s ago, and it is a second behind at best. */
static void silence_counts_from_the_end_of_speech(void **state)
{
	struct pace pace = {0};

	(void)state;
	pace_hear(&pace, true, 90, 99, NOW);
	assert_int_equal(pace_quiet(&pace, NOW), 0);
	assert_int_equal(pace_quiet(&pace, NOW + 7000), 7000);
	/* news that comes later than usual: silence began before it came */
	pace_hear(&pace, true, 110, 112, NOW + 15000);
	assert_int_equal(pace_quiet(&pace, NOW + 15000), 2000);
	/* whoever speaks ends it, also where no time is told */
	pace_hear(&pace, false, -1, -1, NOW + 20000);
	assert_int_equal(pace_quiet(&pace, NOW + 21000), 1000);
	/* old news ends nothing */
	pace_hear(&pace, true, 100, 105, NOW + 22000);
	assert_int_equal(pace_quiet(&pace, NOW + 23000), 3000);
	pace_restart(&pace, NOW + 30000);
	assert_int_equal(pace_quiet(&pace, NOW + 31000), 1000);
	/* a clock of ours that went back is no silence */
	assert_int_equal(pace_quiet(&pace, NOW), 0);
}

static void a_clock_that_starts_anew_is_set_anew(void **state)
{
	struct pace pace = {0};

	(void)state;
	pace_hear(&pace, true, 3590, 3600, NOW);
	pace_hear(&pace, true, 1, 2, NOW + 60000);
	assert_int_equal(pace_quiet(&pace, NOW + 64000), 4000);
}

static void two_at_once(void **state)
{
	struct pace pace = {0};

	(void)state;
	pace_hear(&pace, true, 10, 20, NOW);
	pace_hear(&pace, false, 19, 22, NOW + 2000);
	assert_false(pace_both(&pace, NOW + 2000)); /* a "yes" */
	pace_hear(&pace, false, 18, 22, NOW + 2100);
	assert_true(pace_both(&pace, NOW + 2100));
	assert_true(pace_both(&pace, NOW + 2100 + PACE_SIGN - 1));
	assert_false(pace_both(&pace, NOW + 2100 + PACE_SIGN));
	/* one whose start was not told overlaps nothing */
	pace = (struct pace){0};
	pace_hear(&pace, true, 10, 20, NOW);
	pace_hear(&pace, false, -1, 20, NOW);
	assert_false(pace_both(&pace, NOW));
}

/* Each voice with a transcriber of its own: the clocks are an hour apart. */
static void two_clocks(void **state)
{
	struct pace pace = {0};

	(void)state;
	pace_hear(&pace, true, 3610, 3620, NOW);
	pace_hear(&pace, false, 14, 21, NOW + 1000);
	assert_true(pace_both(&pace, NOW + 1000));
	pace = (struct pace){0};
	pace_hear(&pace, true, 3610, 3620, NOW);
	pace_hear(&pace, false, 21, 28, NOW + 8000);
	assert_false(pace_both(&pace, NOW + 8000));
}

static void strange_times(void **state)
{
	static const double strange[] = {NAN, INFINITY, -INFINITY, 1e300, 1e18, -0.5};
	struct pace pace = {0};

	(void)state;
	for (size_t i = 0; i < sizeof strange / sizeof *strange; i++) {
		pace_hear(&pace, true, strange[i], strange[i], NOW);
		pace_hear(&pace, false, 1, strange[i], NOW);
		pace_hear(&pace, false, strange[i], 2, NOW);
	}
	assert_false(pace_both(&pace, NOW));
	assert_int_equal(pace_quiet(&pace, NOW + 5000), 5000);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(no_times_no_clock),
		cmocka_unit_test(silence_counts_from_the_end_of_speech),
		cmocka_unit_test(a_clock_that_starts_anew_is_set_anew),
		cmocka_unit_test(two_at_once),
		cmocka_unit_test(two_clocks),
		cmocka_unit_test(strange_times),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
