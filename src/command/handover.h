/* Handing a text over: to the clipboard, to a file, to a command of the agent's choice.
 *
 * Nothing here waits for ever: a program that has not ended after HANDOVER_SECONDS is ended. Its
 * output is not shown; of what it says on standard error the first line goes into the message. A
 * clipboard gives no answer, so what went well is "sent", and never "copied".
 */
#ifndef COMMAND_HANDOVER_H
#define COMMAND_HANDOVER_H

#include <stdbool.h>

struct config;
struct screen;
struct watch;

#define HANDOVER_SECONDS 5
#define HANDOVER_MESSAGE_BYTES 256

struct handover {
	const struct config *config;
	const struct watch *watch; /* has signals to give back to a child; NULL: none */
	struct screen *screen;	   /* whose terminal can take a text (OSC 52); NULL: none */
	char message[HANDOVER_MESSAGE_BYTES]; /* what came of the last one, clean, for the notice
						 line */
};

/* To the clipboard: by copy.command where it is configured, and by nothing else then; else within
 * tmux by `tmux load-buffer -w`; else by OSC 52 to the terminal. False: it was not sent. */
bool handover_copy(struct handover *handover, const char *text);

/* To the standard input of wrap-up.command. False: there is none, or it failed. */
bool handover_send(struct handover *handover, const char *text);

/* To a new file (mode 0600), ~/ being $HOME. False: it cannot be written, or is there already. */
bool handover_save(struct handover *handover, const char *text, const char *path);

#endif
