/* Intervals and tests against published values, and the promise that no false winner is named. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <math.h>
#include <stdbool.h>

#include "report/chance.h"

static void near(double value, double wanted, double by)
{
	if (fabs(value - wanted) > by)
		fail_msg("%.9f is not %.9f", value, wanted);
}

/* Source: R. G. Newcombe, Statistics in Medicine 17 (1998) 857, table I, method 3. */
static void intervals_are_the_published_ones(void **state)
{
	(void)state;
	static const struct {
		uint64_t k, n;
		double low, high;
	} known[] = {
		{81, 263, 0.2553, 0.3662},
		{15, 148, 0.0624, 0.1605},
		{0, 20, 0.0000, 0.1611},
		{1, 29, 0.0061, 0.1718},
	};
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		struct interval interval = chance_interval(known[i].k, known[i].n);
		near(interval.low, known[i].low, 0.00005);
		near(interval.high, known[i].high, 0.00005);
		struct interval other = chance_interval(known[i].n - known[i].k, known[i].n);
		near(other.low, 1 - interval.high, 1e-12);
		near(other.high, 1 - interval.low, 1e-12);
	}
	struct interval none = chance_interval(0, 0);
	near(none.low, 0, 0);
	near(none.high, 1, 0);
	near(chance_interval(0, 7).low, 0, 0);
	near(chance_interval(7, 7).high, 1, 0);
}

/* The lady tasting tea (Fisher 1935): 3 of 4 right is 34/70, 4 of 4 is 2/70. The others are exact
 * fractions, summed by hand from the binomials. */
static void tests_are_the_published_ones(void **state)
{
	(void)state;
	near(chance_of(3, 4, 1, 4), 34.0 / 70, 1e-12);
	near(chance_of(4, 4, 0, 4), 2.0 / 70, 1e-12);
	near(chance_of(2, 2, 0, 2), 2.0 / 6, 1e-12);
	near(chance_of(1, 1, 5, 26), 6.0 / 27, 1e-12);
	near(chance_of(1, 12, 9, 12), 0.0027594561, 1e-9);
	near(chance_of(5, 10, 5, 10), 1, 1e-9);
	near(chance_of(0, 0, 5, 10), 1, 0);
	near(chance_of(5, 10, 0, 0), 1, 0);
	near(chance_of(0, 9, 0, 3), 1, 1e-9);
	/* the same either way round */
	near(chance_of(7, 30, 21, 40), chance_of(21, 40, 7, 30), 1e-12);
	near(chance_of(7, 30, 21, 40), chance_of(23, 30, 19, 40), 1e-12);
	/* large ones end in time */
	assert_true(chance_of(300000, 350000, 100000, 350000) < 1e-300);
	assert_true(chance_of(175000, 350000, 174900, 350000) > 0.5);
}

/* The sum over all tables of a margin is what it must be: at most p as often as p says. */
static void tests_are_never_too_bold(void **state)
{
	(void)state;
	const int n = 9, m = 14;
	for (int hits = 0; hits <= n + m; hits++) {
		for (int percent = 1; percent < 100; percent += 7) {
			double level = percent / 100.0;
			double sum = 0;
			for (int k = hits > m ? hits - m : 0; k <= hits && k <= n; k++) {
				double weight =
					exp(lgamma(n + 1) - lgamma(k + 1) - lgamma(n - k + 1) +
					    lgamma(m + 1) - lgamma(hits - k + 1) -
					    lgamma(m - hits + k + 1) - lgamma(n + m + 1) +
					    lgamma(hits + 1) + lgamma(n + m - hits + 1));
				if (chance_of((uint64_t)k, (uint64_t)n, (uint64_t)(hits - k),
					      (uint64_t)m) <= level)
					sum += weight;
			}
			assert_true(sum <= level + 1e-9);
		}
	}
}

static uint64_t seed = 88172645463325252;

/* Source: xorshift64 (Marsaglia 2003). */
static uint64_t draw(uint64_t below)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed % below;
}

#define REPORTS 1000
#define WORDINGS 40

/* Reports over wordings that are all alike: few of them may name any winner. */
static void chance_names_no_winner(void **state)
{
	(void)state;
	int named = 0;
	for (int report = 0; report < REPORTS; report++) {
		bool any = false;
		for (int i = 0; i < WORDINGS; i++) {
			uint64_t n = 1 + draw(60), m = 1 + draw(200), k = 0, l = 0;
			for (uint64_t j = 0; j < n; j++)
				k += draw(2);
			for (uint64_t j = 0; j < m; j++)
				l += draw(2);
			any = any || chance_verdict(k, n, l, m, WORDINGS) != VERDICT_UNTOLD;
		}
		named += any;
	}
	assert_in_range(named, 1, REPORTS / 20);
}

static void a_difference_is_told(void **state)
{
	(void)state;
	assert_int_equal(chance_verdict(90, 100, 50, 100, 40), VERDICT_MORE);
	assert_int_equal(chance_verdict(50, 100, 90, 100, 40), VERDICT_LESS);
	assert_int_equal(chance_verdict(3, 3, 0, 3, 1), VERDICT_UNTOLD);
	assert_int_equal(chance_verdict(4, 4, 0, 4, 1), VERDICT_MORE);
	assert_int_equal(chance_verdict(4, 4, 0, 4, 2), VERDICT_UNTOLD);
	assert_int_equal(chance_verdict(90, 100, 50, 100, 0), VERDICT_UNTOLD);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(intervals_are_the_published_ones),
		cmocka_unit_test(tests_are_the_published_ones),
		cmocka_unit_test(tests_are_never_too_bold),
		cmocka_unit_test(chance_names_no_winner),
		cmocka_unit_test(a_difference_is_told),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
