#include "suggest/real.h"

#include <math.h>

/* frexp and ldexp are in libc, too */

static const double log_2 = 0.693147180559945309417;

double real_log(double x)
{
	int exponent;
	double part = frexp(x, &exponent), ratio = (part - 1) / (part + 1), power = ratio, sum = 0;

	/* ln p = 2 artanh((p - 1) / (p + 1)); with p from 1/2 to 1 each term is a ninth of the last
	 */
	for (int i = 1; i < 29; i += 2) {
		sum += power / i;
		power *= ratio * ratio;
	}
	return 2 * sum + exponent * log_2;
}

double real_exp(double x)
{
	double term = 1, sum = 1, rest;
	int twos;

	if (x > 709 || x < -745)
		return x > 0 ? (double)INFINITY : 0;
	twos = (int)(x / log_2);
	rest = x - twos * log_2;
	for (int i = 1; i < 18; i++) {
		term *= rest / i;
		sum += term;
	}
	return ldexp(sum, twos);
}

double real_root(double x)
{
	int exponent;
	double guess;

	if (x <= 0)
		return 0;
	frexp(x, &exponent);
	guess = ldexp(1, exponent / 2);
	/* Newton's, which doubles the right digits each time */
	for (int i = 0; i < 6; i++)
		guess = (guess + x / guess) / 2;
	return guess;
}
