#include "base/catalogue.h"

#include <fcntl.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { MAGIC = 0, REVISION, COUNT, TEXTS, WORDS, HASHES, HASHES_AT, HEAD };

#define WORD sizeof(uint32_t)

struct catalogue {
	const unsigned char *bytes;
	size_t size;
	bool swapped; /* of a machine with the other order of bytes */
};

/* The number at a place, which is within the file. */
static size_t number_at(const struct catalogue *catalogue, size_t place)
{
	uint32_t number;

	memcpy(&number, catalogue->bytes + place, sizeof number);
	return catalogue->swapped ? __builtin_bswap32(number) : number;
}

static size_t head(const struct catalogue *catalogue, size_t field)
{
	return number_at(catalogue, field * WORD);
}

static bool is_within(const struct catalogue *catalogue, size_t place, size_t count, size_t each)
{
	return place <= catalogue->size && count <= (catalogue->size - place) / each;
}

/* A table of lengths and places, each of a text that ends in NUL. */
static bool are_texts(const struct catalogue *catalogue, size_t table)
{
	size_t count = head(catalogue, COUNT);

	if (!is_within(catalogue, table, count, 2 * WORD))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t length = number_at(catalogue, table + i * 2 * WORD);
		size_t place = number_at(catalogue, table + i * 2 * WORD + WORD);

		if (!is_within(catalogue, place, length + 1, 1) ||
		    catalogue->bytes[place + length] != '\0')
			return false;
	}
	return true;
}

/* A search in it comes to an end, and at a text that there is. */
static bool are_hashes(const struct catalogue *catalogue)
{
	size_t count = head(catalogue, HASHES), place = head(catalogue, HASHES_AT), free = 0;

	if (!is_within(catalogue, place, count, WORD))
		return false;
	for (size_t i = 0; i < count; i++) {
		size_t text = number_at(catalogue, place + i * WORD);

		if (text > head(catalogue, COUNT))
			return false;
		free += text == 0;
	}
	return count == 0 || free > 0;
}

static bool is_whole(struct catalogue *catalogue)
{
	static const uint32_t magic = 0x950412de;

	if (catalogue->size < HEAD * WORD)
		return false;
	catalogue->swapped = head(catalogue, MAGIC) != magic;
	/* other revisions are for texts with numbers of C's own types, which there are not here */
	return head(catalogue, MAGIC) == magic && head(catalogue, REVISION) == 0 &&
	       are_texts(catalogue, head(catalogue, TEXTS)) &&
	       are_texts(catalogue, head(catalogue, WORDS)) && are_hashes(catalogue);
}

bool catalogue_is_whole(const char *path)
{
	int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat status;
	bool whole = false;
	void *bytes;

	if (file < 0)
		return false;
	if (fstat(file, &status) == 0 && S_ISREG(status.st_mode) && status.st_size > 0) {
		struct catalogue catalogue = {.size = (size_t)status.st_size};

		bytes = mmap(NULL, catalogue.size, PROT_READ, MAP_PRIVATE, file, 0);
		if (bytes != MAP_FAILED) {
			catalogue.bytes = bytes;
			whole = is_whole(&catalogue);
			munmap(bytes, catalogue.size);
		}
	}
	close(file);
	return whole;
}
