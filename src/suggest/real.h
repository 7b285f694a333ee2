/* Logarithm, exponential and root of real numbers, to some twelve digits.
 *
 * libm has better ones, but would be the only library that is linked for suggestions' sake: it
 * costs every start a twentieth of a millisecond. Only finite numbers go in.
 */
#ifndef SUGGEST_REAL_H
#define SUGGEST_REAL_H

double real_log(double x);  /* x > 0 */
double real_exp(double x);  /* 0 or infinity where a double holds no more */
double real_root(double x); /* the square root, x >= 0 */

#endif
