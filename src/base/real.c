#include "base/real.h"

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

double real_log_factorial(double n)
{
	const double half_log_2_pi = 0.918938533204672741780;
	double product = 1, square = 1 / (n * n);

	if (n < 20) { /* the product still fits a double's digits */
		for (int i = 2; i <= (int)n; i++)
			product *= i;
		return real_log(product);
	}
	/* Stirling's series; what is left out is below 1e-15 */
	return n * real_log(n) - n + real_log(n) / 2 + half_log_2_pi +
	       (1.0 / 12 - square * (1.0 / 360 - square * (1.0 / 1260 - square / 1680))) / n;
}
