/* liblinear cannot be loaded: linked with --wrap=dlopen. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "playbook/playbook.h"
#include "suggest/suggest.h"

static int tries;

void *__wrap_dlopen(const char *name, int flags);

void *__wrap_dlopen(const char *name, int flags)
{
	(void)flags;
	assert_string_equal(name, "liblinear.so.4");
	tries++;
	return NULL;
}

static void test_missing(void **state)
{
	const struct playbook playbook = {.name = "shop", .title = "Shop", .language = "en"};
	const struct playbook *playbooks = &playbook;
	struct suggest_match matches[SUGGEST_MATCHES];
	const char *why = NULL;

	(void)state;
	assert_null(suggest_train_on(&playbooks, 1, &why));
	assert_non_null(why);
	assert_non_null(strstr(why, "liblinear.so.4"));
	assert_non_null(strstr(why, "install"));
	/* once is enough: a hot reload must not search the disk again */
	assert_null(suggest_train_on(&playbooks, 1, NULL));
	assert_int_equal(tries, 1);
	assert_int_equal(suggest_find(NULL, "hello", 5, matches), 0);
	assert_int_equal(suggest_size(NULL), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_missing),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
