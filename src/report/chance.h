/* How much a count can tell: intervals for shares, and when two shares differ by more than chance.
 *
 * A report compares many wordings at once, and the best of many looks good by luck alone. So a
 * wording is called better or worse only where Fisher's exact test, taken to the level 5 % divided
 * by the number of wordings compared (Bonferroni), says so: where nothing differs, at most one
 * report in twenty names any winner at all, however few the calls. All else is "too few calls to
 * tell". Pure arithmetic; knows nothing of calls.
 */
#ifndef REPORT_CHANCE_H
#define REPORT_CHANCE_H

#include <stdint.h>

#define CHANCE_LEVEL 0.05

struct interval {
	double low, high; /* of a share, 0 to 1 */
};

/* Wilson's score interval, 95 %, for k of n; without any (n 0) 0 to 1.
 * Source: E. B. Wilson, J. American Statistical Association 22 (1927) 209; advised for small n by
 * Brown, Cai and DasGupta, Statistical Science 16 (2001) 101. */
struct interval chance_interval(uint64_t k, uint64_t n);

/* How probable a difference at least as unlikely as that between k of n and l of m is when there
 * is none: Fisher's exact test, two-sided. 1 where n or m is 0.
 * Source: R. A. Fisher, J. Royal Statistical Society 85 (1922) 87. */
double chance_of(uint64_t k, uint64_t n, uint64_t l, uint64_t m);

enum verdict { VERDICT_UNTOLD, VERDICT_MORE, VERDICT_LESS };

/* Whether k of n is more than l of m, or less, where so many comparisons are made in all. */
enum verdict chance_verdict(uint64_t k, uint64_t n, uint64_t l, uint64_t m, uint64_t comparisons);

#endif
