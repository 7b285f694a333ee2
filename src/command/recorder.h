/* A program that records or plays a voice note while the coach goes on: the agent's own command,
 * else what is found of rec, arecord and ffmpeg (to play: play, aplay, ffplay). None is ever
 * required.
 */
#ifndef COMMAND_RECORDER_H
#define COMMAND_RECORDER_H

#include <sys/types.h>

#define RECORDER_PATH_BYTES 512

struct watch;

struct recorder_child {
	pid_t child; /* of a recording; 0: none */
	char path[RECORDER_PATH_BYTES];
};

/* Begins to record into a new file, which is the command's last argument. NULL, or why not, a
 * static text. */
const char *recorder_start(struct recorder_child *recorder, const char *command, const char *path,
			   const struct watch *watch);

/* Ends the recording by SIGINT, so that the file is whole, and waits for it; nothing when none
 * runs. */
void recorder_stop(struct recorder_child *recorder);

/* Plays a file; a recording is ended first. NULL, or why not. */
const char *recorder_play(struct recorder_child *recorder, const char *path,
			  const struct watch *watch);

#endif
