/* Writing a playbook as YAML that load.h reads back as it was: what `new` and `import` write.
 *
 * Blocks only, two blanks a level, no line folded. A text stands plain where every YAML 1.1 and 1.2
 * reader takes it for the same text, else in quotes. Pure: into a buffer.
 */
#ifndef PLAYBOOK_WRITE_H
#define PLAYBOOK_WRITE_H

struct buffer;
struct playbook;

/* One text as a YAML scalar, for a value or an item of a list in block style. It must be clean
 * (text_clean) and have no blanks at its ends: those are not kept. */
void write_text(struct buffer *out, const char *text);

/* A whole playbook, by the table of schema.h: a key that is added there is written, too. What it
 * holds is written, `extends` as a name: give it one whose own entries are all that it has, not one
 * that was loaded with what it extends. */
void write_playbook(struct buffer *out, const struct playbook *playbook);

#endif
