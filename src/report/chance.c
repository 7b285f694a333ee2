#include "report/chance.h"

#include "base/real.h"

#include <math.h>

struct interval chance_interval(uint64_t k, uint64_t n)
{
	if (n == 0)
		return (struct interval){0, 1};
	const double z = 1.959963984540054; /* 97.5 % of the standard normal distribution */
	double total = (double)n, share = (double)k / total;
	double scale = 1 + z * z / total;
	double middle = (share + z * z / (2 * total)) / scale;
	double half =
		z / scale * real_root(share * (1 - share) / total + z * z / (4 * total * total));
	/* at the ends it is exactly 0 and 1, which rounding would miss */
	return (struct interval){k == 0 ? 0 : middle - half, k == n ? 1 : middle + half};
}

static double log_choose(double n, double k)
{
	return real_log_factorial(n) - real_log_factorial(k) - real_log_factorial(n - k);
}

/* A table of two by two with fixed margins, by its upper left cell. */
struct table {
	double first, second, hits; /* n, m, and k + l */
	double least, most;	    /* that the cell can be */
};

static double probability(const struct table *table, double cell)
{
	return real_exp(log_choose(table->first, cell) +
			log_choose(table->second, table->hits - cell) -
			log_choose(table->first + table->second, table->hits));
}

/* The sum of the probabilities from a cell outwards, where they fall. */
static double tail(const struct table *table, double cell, double step)
{
	double sum = 0;
	for (; cell >= table->least && cell <= table->most; cell += step) {
		double term = probability(table, cell);
		sum += term;
		if (term < sum * 1e-16)
			break;
	}
	return sum;
}

/* The cell nearest to from, going that way, that is not more probable than limit; outside the
 * table where there is none. Probabilities fall all the way. */
static double nearest(const struct table *table, double from, double step, double limit)
{
	double near = 0; /* how far to go: between these */
	double far = (step < 0 ? from - table->least : table->most - from) + 1;
	while (near < far) {
		double middle = floor((near + far) / 2);
		if (probability(table, from + step * middle) <= limit)
			far = middle;
		else
			near = middle + 1;
	}
	return from + step * near;
}

double chance_of(uint64_t k, uint64_t n, uint64_t l, uint64_t m)
{
	if (n == 0 || m == 0)
		return 1;
	struct table table = {.first = (double)n, .second = (double)m, .hits = (double)(k + l)};
	table.least = table.hits > table.second ? table.hits - table.second : 0;
	table.most = table.hits < table.first ? table.hits : table.first;
	double cell = (double)k;
	double top = floor((table.first + 1) * (table.hits + 1) / (table.first + table.second + 2));
	/* equal ones may differ in their last digits */
	double limit = probability(&table, cell) * (1 + 1e-7);
	double step = cell < top ? -1 : 1;
	double from = cell < top || cell > top ? top : top - 1;
	double sum = tail(&table, cell, step);
	if (from >= table.least)
		sum += tail(&table, nearest(&table, from, -step, limit), -step);
	return sum < 1 ? sum : 1;
}

enum verdict chance_verdict(uint64_t k, uint64_t n, uint64_t l, uint64_t m, uint64_t comparisons)
{
	if (comparisons == 0 || chance_of(k, n, l, m) * (double)comparisons > CHANCE_LEVEL)
		return VERDICT_UNTOLD;
	return (double)k * (double)m > (double)l * (double)n ? VERDICT_MORE : VERDICT_LESS;
}
