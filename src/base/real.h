/* Logarithm, exponential, root and factorial of real numbers, to some twelve digits.
 *
 * libm has better ones, but nothing else needs it at every start, of which it takes a twentieth of
 * a millisecond. Only finite numbers go in.
 */
#ifndef BASE_REAL_H
#define BASE_REAL_H

double real_log(double x);  /* x > 0 */
double real_exp(double x);  /* 0 or infinity where a double holds no more */
double real_root(double x); /* the square root, x >= 0 */

/* The logarithm of n!, for a whole n >= 0.
 * Source: J. Stirling's series, as in the NIST Handbook of Mathematical Functions, 5.11.1. */
double real_log_factorial(double n);

#endif
