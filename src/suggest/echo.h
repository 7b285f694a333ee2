/* Echo: did somebody say this line, in about these words?
 */
#ifndef SUGGEST_ECHO_H
#define SUGGEST_ECHO_H

/* From here on a line counts as said. */
#define ECHO_SAID 0.7

/* Cosine of the two sets of folded words, 0 to 1; 0 when either has none. What was said may go on before and after the line, as long as it is mostly
 * the line. Source: Salton, McGill, Introduction to Modern Information Retrieval, 1983. */
double echo_likeness(const char *said, const char *line);

#endif
