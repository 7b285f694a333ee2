/* Files, read and written so that nobody ever sees half of one and no version is lost.
 *
 * A new text goes into a file of its own in the same folder, reaches the disk (fsync), and only
 * then takes the name: after a crash or on a full disk the old file is whole. Two who replace one
 * file take turns by a lock on its folder, and the second is told. False, or FILE_FAILED, comes
 * with errno.
 */
#ifndef COMMAND_FILE_H
#define COMMAND_FILE_H

#include <stdbool.h>
#include <stddef.h>

struct arena;

enum file_result {
	FILE_DONE,
	FILE_CHANGED, /* it is not what it was: someone else saved, made or removed it */
	FILE_FAILED,
};

/* The bytes of a regular file of at most most bytes (EFBIG else), or of standard input for "-"; in
 * the arena, NUL behind. Opening never blocks; other kinds of files are EINVAL, folders EISDIR. */
char *file_read(struct arena *arena, const char *path, size_t most, size_t *length);

/* Makes a file where there is none; FILE_CHANGED: there is one, which stays as it is. */
enum file_result file_create(const char *path, const char *text, size_t length);

/* Replaces a file whose bytes are still `before`. It keeps its mode, and its owner and group where
 * we may; a group that cannot be kept gets no more rights than others have. Access lists and
 * extended attributes are not kept. path must be no symbolic link: resolve it before. */
enum file_result file_replace(const char *path, const char *before, size_t before_length,
			      const char *text, size_t length);

/* A private file (0600) in folder with a text in it, named ".NAME.N.EXTENSION", which no library
 * takes for a playbook. Its path in the arena, or NULL. */
const char *file_draft(struct arena *arena, const char *folder, const char *name,
		       const char *extension, const char *text, size_t length);

/* Gives a file a name that is free: target, else target-2, ... The new path in the arena, or NULL.
 */
const char *file_keep(struct arena *arena, const char *path, const char *target);

/* The folders of a path, each made (0700, as XDG wants it) where it is not there. */
bool file_folders(const char *path);

/* The folder that a file is in: "." for a mere name. In the arena. */
const char *file_folder(struct arena *arena, const char *path);

/* A name by which nobody can break out of a folder and which works as an id: PLAYBOOK_ID_LETTERS,
 * a letter or digit first, at most 48 bytes. */
bool file_is_name(const char *name);

#endif
