/* The playbook format as a JSON Schema, for editors: made from the one table of schema.h.
 *
 * Draft-07, the latest that yaml-language-server reads. It is not stricter than the loader: what
 * `check` accepts it accepts, whether a YAML reader takes 12 and true for texts, as talktrack does,
 * or not (save that blanks at the ends of a text count against its length). What needs more than
 * one place (slots and steps that are known, ids used twice, what is extended) only `check` sees.
 */
#ifndef PLAYBOOK_JSON_SCHEMA_H
#define PLAYBOOK_JSON_SCHEMA_H

struct buffer;

/* Source: JSON Schema Validation, draft-handrews-json-schema-validation-01 (draft-07). */
void json_schema_write(struct buffer *out);

#endif
