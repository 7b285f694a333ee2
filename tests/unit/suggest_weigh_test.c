#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "base/arena.h"
#include "suggest/feature.h"
#include "base/real.h"
#include "suggest/weigh.h"

static void assert_near(double value, double wanted)
{
	double slack = 1e-11 * (wanted > 1 || wanted < -1 ? wanted * wanted : 1);

	if (!(value - wanted < slack && wanted - value < slack))
		fail_msg("%.17g is not %.17g", value, wanted);
}

static void test_real(void **state)
{
	(void)state;
	assert_near(real_log(1), 0);
	assert_near(real_log(2), 0.69314718055994530942);
	assert_near(real_log(1e-9), -20.723265836946411156);
	assert_near(real_log(12345.678), 9.4210613212918332);
	assert_near(real_exp(0), 1);
	assert_near(real_exp(1), 2.7182818284590452354);
	assert_near(real_exp(-1), 0.36787944117144232160);
	assert_near(real_exp(-20.5), 1.2501528663867426e-9);
	assert_near(real_exp(3.3), 27.112638920657883);
	assert_near(real_log_factorial(0), 0);
	assert_near(real_log_factorial(5), 4.7874917427820459943);
	assert_near(real_log_factorial(19), 39.339884187199494036);
	assert_near(real_log_factorial(20), 42.335616460753485030);
	assert_near(real_log_factorial(1000), 5912.1281784881633489);
	assert_true(real_exp(-1e6) <= 0 && isinf(real_exp(1e6)));
	assert_near(real_root(0), 0);
	assert_near(real_root(2), 1.4142135623730950488);
	assert_near(real_root(1e-6), 1e-3);
	assert_near(real_root(144), 12);
	double x = 1e-6;

	for (int i = 0; i < 52; i++, x *= 1.7) {
		assert_near(real_root(x) * real_root(x) / x, 1);
		assert_near(real_exp(real_log(x)) / x, 1);
	}
}

static struct feature_set read_text(struct arena *arena, const char *text)
{
	return feature_read(arena, text, strlen(text), false);
}

static void learn(struct weigher *weigher, struct arena *arena, const char *const *texts,
		  size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct feature_set set = read_text(arena, texts[i]);

		weigh_learn(weigher, arena, &set);
	}
	weigh_settle(weigher);
}

static double length_of(const struct weigh_vector *vector)
{
	double squares = 0;

	for (size_t i = 0; i < vector->count; i++)
		squares += (double)vector->terms[i].value * vector->terms[i].value;
	return real_root(squares);
}

static struct weigh_vector weigh(struct weigher *weigher, struct arena *arena, const char *text)
{
	struct feature_set set = read_text(arena, text);

	return weigh_set(weigher, arena, &set);
}

static void test_lengths(void **state)
{
	static const char *const texts[] = {"where is my parcel", "where is my money",
					    "close my account"};
	struct arena arena = {0};
	struct weigher weigher = {0};
	struct weigh_vector known, half, strange;

	(void)state;
	learn(&weigher, &arena, texts, 3);
	known = weigh(&weigher, &arena, "where is account my");
	half = weigh(&weigher, &arena, "where is xylophone kumquat");
	strange = weigh(&weigher, &arena, "qqq zzz vvv");
	/* two pairs alone are new in the first */
	assert_true(length_of(&known) < 1 && length_of(&known) > 0.8);
	assert_true(length_of(&half) < length_of(&known));
	assert_int_equal(strange.count, 0);
	known = weigh(&weigher, &arena, texts[0]);
	assert_true(length_of(&known) < 1.0001 && length_of(&known) > 0.9999);
	arena_free(&arena);
}

static void test_rare_says_more(void **state)
{
	static const char *const texts[] = {"my parcel", "my money", "my account"};
	struct arena arena = {0};
	struct weigher weigher = {0};
	struct weigh_vector vector;
	float common, rare;

	(void)state;
	learn(&weigher, &arena, texts, 3);
	/* features come in the order of the text: "my" first, then its runs, then "money" */
	vector = weigh(&weigher, &arena, "my money");
	common = vector.terms[0].value;
	rare = 0;
	for (size_t i = 1; i < vector.count; i++)
		if (vector.terms[i].feature > vector.terms[0].feature &&
		    vector.terms[i].value > rare)
			rare = vector.terms[i].value;
	assert_true(rare > common);
	/* (ln(4/2) + 2) / (ln(4/4) + 2) */
	assert_near((double)(float)(rare / common),
		    (double)(float)((0.69314718055994530942 + 2) / 2));
	arena_free(&arena);
}

static void test_grows(void **state)
{
	struct arena arena = {0};
	struct weigher weigher = {0};
	char text[12];
	uint32_t dice = 1;

	(void)state;
	for (int i = 0; i < 3000; i++) {
		struct feature_set set;

		for (int k = 0; k < 12; k++)
			text[k] = (char)('a' + (dice = dice * 1664525 + 1013904223) / 65536 % 26);
		set = feature_read(&arena, text, 12, false);
		weigh_learn(&weigher, &arena, &set);
	}
	assert_int_equal(weigher.example_count, 3000);
	assert_true(weigher.feature_count > 4096 && weigher.size >= 2 * weigher.feature_count);
	weigh_settle(&weigher);
	assert_true(weigh(&weigher, &arena, "qu").count > 0);
	arena_free(&arena);
}

static void test_before_any_example(void **state)
{
	struct arena arena = {0};
	struct weigher weigher = {0};

	(void)state;
	weigh_settle(&weigher);
	assert_int_equal(weigh(&weigher, &arena, "anything").count, 0);
	arena_free(&arena);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_real),
		cmocka_unit_test(test_lengths),
		cmocka_unit_test(test_rare_says_more),
		cmocka_unit_test(test_grows),
		cmocka_unit_test(test_before_any_example),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
