# talktrack: make help lists the targets. Objects and the program go to build/; set B for another folder.
VERSION = 0.1
PREFIX  = /usr/local
B       = build
DATA    = $(PREFIX)/share/talktrack
MAN     = $(PREFIX)/share/man
LOCALE  = $(PREFIX)/share/locale

CC      = cc
CFLAGS  = -O2 -g
WARN    = -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wformat=2
HARDEN  = -fPIE -fstack-protector-strong -D_FORTIFY_SOURCE=2
LDFLAGS = -pie -Wl,-z,relro,-z,now,--as-needed
DEFINES = -D_XOPEN_SOURCE=700 -DTALKTRACK_VERSION='"$(VERSION)"' -DTALKTRACK_DATA='"$(DATA)"' \
	  -DTALKTRACK_LOCALE='"$(LOCALE)"'
COMPILE = $(CC) -std=c11 -MMD -MP -Isrc $(DEFINES) $(HARDEN) $(WARN) $(CPPFLAGS) $(CFLAGS)
# libc before libm: what both have comes from libc, and libm only where it is needed (--as-needed)
CORELIBS = -lyaml -lcjson -lunistring -lc -lm

# Where their archives are to be had, ncurses and three more go into the program: it starts in less time and
# memory than with shared ones. make STATIC= links all of them shared, as packagers want it.
STATIC  = $(if $(findstring /,$(shell $(CC) -print-file-name=libncursesw.a)),yes)
SHARED  = -lncursesw -ltinfo $(CORELIBS)
MIXED   = -Wl,-Bstatic -lncursesw -ltinfo -lyaml -lunistring -Wl,-Bdynamic -lcjson -lc -lm
LIBS    = $(if $(STATIC),$(MIXED),$(SHARED))

CORE    = $(sort $(wildcard $(addprefix src/,$(addsuffix /*.c,base playbook call suggest journal link report view))))
OUTER   = src/main.c $(sort $(wildcard src/screen/*.c src/command/*.c))
UNIT    = $(sort $(wildcard tests/unit/*_test.c))
PTY     = $(sort $(wildcard tests/pty/*_test.c))
# without msgfmt none is made, and the program speaks English; asked when it is their turn, as deps may have installed it
MO      = $(patsubst po/%.po,$(B)/locale/%/LC_MESSAGES/talktrack.mo,$(wildcard po/*.po))
object  = $(patsubst %.c,$(B)/%.o,$(1))
TESTS   = $(patsubst tests/%.c,$(B)/%,$(UNIT) $(PTY)) $(B)/scene

PACKAGES = gcc make libc6-dev libncurses-dev libyaml-dev libcjson-dev libunistring-dev gettext
BENCH_PACKAGES = libsqlite3-dev fzf
TEST_PACKAGES = libcmocka-dev libvterm-dev libxml2-utils jq mandoc python3-icalendar python3-yaml sox espeak-ng pocketsphinx \
	pocketsphinx-en-us

all: $(B)/talktrack $(MO) ## build the program (the default); touches nothing else

$(B)/talktrack: $(call object,$(OUTER)) $(B)/core.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LIBS)

$(B)/core.a: $(call object,$(CORE))
	rm -f $@ && $(AR) rcs $@ $^

$(B)/locale/%/LC_MESSAGES/talktrack.mo: po/%.po
	@mkdir -p $(@D)
	if command -v msgfmt >/dev/null; then msgfmt --check-format -o $@ $<; fi

$(B)/%.o: %.c Makefile
	@mkdir -p $(@D)
	$(COMPILE) -c -o $@ $<

# unit tests link the core without ncurses: that proves it pure
$(B)/unit/%: $(B)/tests/unit/%.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) $(WRAP) -o $@ $^ -lcmocka $(CORELIBS)

# so that writes can fail as disks do
$(B)/unit/journal_test: WRAP = -Wl,--wrap=write

$(B)/scene: $(call object,$(wildcard tests/scenes/*.c)) $(B)/core.a
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORELIBS)

$(B)/pty/%: $(B)/tests/pty/%.o $(B)/tests/pty/home.o $(B)/tests/pty/terminal.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka -lvterm -lutil -lcjson

$(B)/pty/blit_test: $(B)/tests/pty/blit_test.o $(B)/tests/pty/counting.o $(B)/src/screen/blit.o $(B)/src/screen/pen.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka -lvterm $(CORELIBS)

$(B)/pty/counting_test: $(B)/tests/pty/counting.o

$(B)/pty/keys_test: $(B)/tests/pty/keys_test.o $(B)/src/screen/keys.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lcmocka $(CORELIBS)

$(B)/pty/terminal_test: | $(B)/bench/bare

# the yardsticks link only what they must
$(B)/bench/bench: $(call object,$(addprefix tests/bench/,bench.c change.c playbooks.c session.c) tests/pty/terminal.c)
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lvterm -lutil -lm

$(B)/bench/bare: $(B)/tests/bench/bare.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lncursesw -ltinfo

$(B)/bench/bare_yaml: $(B)/tests/bench/bare_yaml.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lyaml

$(B)/bench/journal_make: $(B)/tests/bench/journal_make.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORELIBS)

$(B)/bench/reports: $(B)/tests/bench/reports.o
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^

$(B)/bench/suggest_bench: $(B)/tests/bench/suggest_bench.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ -lsqlite3 $(CORELIBS)

run: all ## open the coach on the playbooks of this checkout
	$(B)/talktrack run $(ARGS)

# a language of nobody, for tests that look for words that are not translated
PSEUDO  = $(B)/locale/qtt/LC_MESSAGES/talktrack.mo

$(PSEUDO): po/talktrack.pot tests/pseudo.sh
	@mkdir -p $(@D)
	if command -v msgfmt >/dev/null; then tests/pseudo.sh $< >$(B)/qtt.po && msgfmt -o $@ $(B)/qtt.po; fi

test: all $(TESTS) $(PSEUDO) ## run every test
	tests/run.sh $(B)

bench: $(B)/talktrack $(B)/bench/bench $(B)/bench/bare $(B)/bench/bare_yaml ## measure against bare programs, side by side
	$(B)/bench/bench $(ARGS)

bench-report: $(B)/talktrack $(B)/bench/journal_make $(B)/bench/reports ## measure report on 1 GB of journal, against jq
	$(B)/bench/reports $(ARGS)

bench-suggest: ## measure suggestions against grep, fzf and SQLite; needs libsqlite3-dev, fzf
	tests/deps.sh "" "$(BENCH_PACKAGES)"
	$(MAKE) -s $(B)/bench/suggest_bench
	$(B)/bench/suggest_bench $(ARGS)

# the fuzzers build the core anew, with clang's eyes open
FUZZ    = $(patsubst tests/%.c,$(B)/fuzz/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))
SECONDS_EACH = 20

fuzz: ## feed hostile input to every reader, SECONDS_EACH (20) each; needs clang
	$(MAKE) -s B=$(B)/fuzz CC=clang HARDEN= LDFLAGS="-fsanitize=fuzzer,address,undefined" \
	  CFLAGS="-O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=all" fuzzers
	tests/fuzz/run.sh $(SECONDS_EACH) $(FUZZ)

fuzzers: $(patsubst tests/%.c,$(B)/%,$(sort $(wildcard tests/fuzz/*_fuzz.c)))

$(B)/fuzz/%: $(B)/tests/fuzz/%.o $(B)/core.a
	@mkdir -p $(@D)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(CORELIBS)

words: ## collect the program's own words anew into po/, for translators; needs gettext
	tests/words.sh po

deps: ## install what building and testing need (Debian and its kin, by apt)
	tests/deps.sh "$(PACKAGES)" "$(TEST_PACKAGES)"

install: all ## install under PREFIX (/usr/local), below DESTDIR if set
	install -d "$(DESTDIR)$(PREFIX)/bin" "$(DESTDIR)$(MAN)/man1" "$(DESTDIR)$(MAN)/man5" "$(DESTDIR)$(MAN)/man7"
	install $(B)/talktrack "$(DESTDIR)$(PREFIX)/bin/talktrack"
	for s in 1 5 7; do install -m 644 man/*.$$s "$(DESTDIR)$(MAN)/man$$s/"; done
	for l in scripts/*/; do install -d "$(DESTDIR)$(DATA)/playbooks/$$(basename $$l)" && \
	  install -m 644 $$l*.yaml "$(DESTDIR)$(DATA)/playbooks/$$(basename $$l)/"; done
	for l in $(patsubst po/%.po,%,$(wildcard po/*.po)); do f=locale/$$l/LC_MESSAGES; [ ! -f $(B)/$$f/talktrack.mo ] || \
	  { install -d "$(DESTDIR)$(LOCALE)/$$l/LC_MESSAGES" && install -m 644 $(B)/$$f/talktrack.mo "$(DESTDIR)$(LOCALE)/$$l/LC_MESSAGES/"; }; done

uninstall: ## take an installed talktrack away again
	rm -rf "$(DESTDIR)$(PREFIX)/bin/talktrack" "$(DESTDIR)$(DATA)"
	rm -f $(patsubst po/%.po,"$(DESTDIR)$(LOCALE)/%/LC_MESSAGES/talktrack.mo",$(wildcard po/*.po))
	for p in man/*; do rm -f "$(DESTDIR)$(MAN)/man$${p##*.}/$$(basename $$p)"; done

clean: ## remove what was built
	rm -rf $(B)

help: ## list these targets
	@sed -n 's/^\([a-z-]*\):.* ## /\1\t/p' Makefile | expand -t 16

# what is installed must be there before anything is built with it, with -j, too
ifneq ($(filter deps,$(MAKECMDGOALS)),)
.NOTPARALLEL:
endif

.PHONY: all run test bench bench-report bench-suggest fuzz fuzzers words deps install uninstall clean help
.SECONDARY:
-include $(shell find $(B) -name '*.d' 2>/dev/null)
