#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "base/base64.h"
#include "base/buffer.h"

static void encodes(const char *bytes, size_t length, const char *expected)
{
	struct buffer out = {0};
	buffer_text(&out, "");
	base64_add(&out, bytes, length);
	assert_string_equal(out.text == NULL ? "" : out.text, expected);
	buffer_free(&out);
}

/* RFC 4648, section 10. */
static void test_standard(void **state)
{
	(void)state;
	encodes("", 0, "");
	encodes("f", 1, "Zg==");
	encodes("fo", 2, "Zm8=");
	encodes("foo", 3, "Zm9v");
	encodes("foob", 4, "Zm9vYg==");
	encodes("fooba", 5, "Zm9vYmE=");
	encodes("foobar", 6, "Zm9vYmFy");
}

static void test_all_bits(void **state)
{
	(void)state;
	encodes("\xff\xff\xff", 3, "////");
	encodes("\xfb\xef\xbe", 3, "++++");
	encodes("\0\0\0", 3, "AAAA");
	encodes("\xff", 1, "/w==");
	encodes("আমি", 9, "4KaG4Kau4Ka/");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_standard),
		cmocka_unit_test(test_all_bits),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
