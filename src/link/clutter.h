/* What transcribers print that nobody said: noises in brackets, notices, tables of words with
 * times. Lines are clean and without blanks at their ends.
 */
#ifndef LINK_CLUTTER_H
#define LINK_CLUTTER_H

#include <stdbool.h>

/* Nothing in it could be a word; or all of it stands in brackets, as in [BLANK_AUDIO] (coughs). */
bool clutter_is_noise(const char *text);

/* What whisper.cpp's stream example and older pocketsphinx_continuous say on their own behalf. */
bool clutter_is_notice(const char *line);

/* "refund(2) 1.690 2.200 0.634859": with -time yes pocketsphinx_continuous lists the words of the
 * line before: begin and end in seconds, and how sure it is. */
bool clutter_is_timed_word(const char *line);

/* Behind "000000017: ", with which older pocketsphinx_continuous numbers its lines. */
const char *clutter_behind_number(const char *line);

#endif
