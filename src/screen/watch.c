#include "screen/watch.h"

#include <errno.h>
#include <poll.h>
#include <sys/signalfd.h>
#include <unistd.h>

bool watch_open(struct watch *watch)
{
	sigset_t mask;

	sigemptyset(&mask);
	sigaddset(&mask, SIGWINCH);
	sigaddset(&mask, SIGTERM);
	sigaddset(&mask, SIGHUP);
	sigaddset(&mask, SIGINT);
	sigaddset(&mask, SIGTSTP);
	sigprocmask(SIG_BLOCK, &mask, &watch->before);
	watch->signals = signalfd(-1, &mask, SFD_CLOEXEC | SFD_NONBLOCK);
	return watch->signals >= 0;
}

void watch_close(struct watch *watch)
{
	close(watch->signals);
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
}

static unsigned read_signals(const struct watch *watch)
{
	struct signalfd_siginfo info;
	unsigned seen = 0;

	while (read(watch->signals, &info, sizeof info) == (ssize_t)sizeof info)
		switch ((int)info.ssi_signo) {
		case SIGWINCH: seen |= WATCH_RESIZED; break;
		case SIGINT: seen |= WATCH_INTERRUPTED; break;
		case SIGTSTP: seen |= WATCH_SUSPENDED; break;
		default: seen |= WATCH_ENDED; break;
		}
	return seen;
}

unsigned watch_wait(struct watch *watch, int timeout)
{
	struct pollfd polled[2] = {{.fd = STDIN_FILENO, .events = POLLIN},
				   {.fd = watch->signals, .events = POLLIN}};
	unsigned seen = 0;
	int ready = poll(polled, 2, timeout);

	if (ready == 0)
		return WATCH_TIME;
	if (ready < 0) /* continued after a stop: the size may be another */
		return errno == EINTR ? WATCH_RESIZED : WATCH_ENDED;
	if (polled[0].revents & POLLIN)
		seen |= WATCH_INPUT;
	else if (polled[0].revents)
		seen |= WATCH_ENDED;
	if (polled[1].revents)
		seen |= read_signals(watch);
	return seen;
}

void watch_suspend(void)
{
	kill(getpid(), SIGSTOP);
}

void watch_child(const struct watch *watch)
{
	sigprocmask(SIG_SETMASK, &watch->before, NULL);
}
