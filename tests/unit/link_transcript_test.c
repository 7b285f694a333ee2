/* What transcribers print. The fixtures are ours, in the shapes that the programs document. */
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "base/buffer.h"
#include "link/transcript.h"

static struct buffer got; /* "c:words" or "a:words" a line; interim ones with ~ behind the colon */
static double start, end, confidence;
static size_t passed_over;

static void take(void *context, const struct utterance *utterance)
{
	(void)context;
	buffer_format(&got, "%c:%s%s\n", utterance->speaker[0], utterance->final ? "" : "~",
		      utterance->text);
	start = utterance->start;
	end = utterance->end;
	confidence = utterance->confidence;
}

/* Feeds in chunks of a size. */
static const char *read_in(const char *text, size_t length, size_t chunk,
			   enum transcript_format format, const char *speaker)
{
	struct transcript transcript = {.format = format, .speaker = speaker, .heard = take};

	buffer_clear(&got);
	buffer_text(&got, "");
	for (size_t at = 0; at < length; at += chunk)
		transcript_feed(&transcript, text + at, chunk < length - at ? chunk : length - at);
	transcript_end(&transcript);
	passed_over = transcript.passed_over;
	return got.text;
}

/* However it is cut the same is heard. */
static void hears(const char *text, const char *expected)
{
	static const size_t chunks[] = {1, 2, 3, 7, 16, 64, 100000};

	for (size_t i = 0; i < sizeof chunks / sizeof *chunks; i++)
		assert_string_equal(
			read_in(text, strlen(text), chunks[i], TRANSCRIPT_AUTO, "customer"),
			expected);
	assert_int_equal(passed_over, 0);
}

static void near(double number, double expected)
{
	assert_true(number > expected - 0.001 && number < expected + 0.001);
}

/* The letters of a text, with no NUL behind. */
static void put(char *at, const char *text)
{
	while (*text)
		*at++ = *text++;
}

static void plain_lines(void **state)
{
	(void)state;
	hears("hello\n\n  I want to cancel \r\nlast", "c:hello\nc:I want to cancel\nc:last\n");
	hears("\033[31mred\033[0m words\033[K\n", "c:red words\n");
	hears("আমি রাগ করেছি\n", "c:আমি রাগ করেছি\n");
	hears("{ yes, a brace\n{x\n", "c:{ yes, a brace\nc:{x\n");
}

static void own_objects(void **state)
{
	(void)state;
	hears("{\"text\":\"one\"}{\"speaker\":\"agent\",\"text\":\"two\",\"final\":false}\n"
	      "{\"text\":\"three\",\n \"final\" : true}\nfour\n",
	      "c:one\na:~two\nc:three\nc:four\n");
	hears("[{\"text\":\"a [ } \\\" { b\"},\n {\"text\":\"c\"}\n]\n[\n{\"text\":\"d\"}]\n",
	      "c:a [ } \" { b\nc:c\nc:d\n");
}

static void vosk(void **state)
{
	(void)state;
	hears("{\n  \"partial\" : \"\"\n}\n{\n  \"partial\" : \"i was\"\n}\n{\n  \"partial\" : \"i "
	      "was\"\n}\n"
	      "{\n  \"partial\" : \"i was charged\"\n}\n{\n  \"result\" : [{\n      \"conf\" : "
	      "0.8,\n"
	      "      \"end\" : 1.5,\n      \"start\" : 1.25,\n      \"word\" : \"i\"\n    }, {\n"
	      "      \"conf\" : 0.6,\n      \"end\" : 2.5,\n      \"start\" : 1.5,\n      \"word\" "
	      ": \"was\"\n"
	      "    }],\n  \"text\" : \"i was\"\n}\n{\n  \"text\" : \"\"\n}\n",
	      "c:~i was\nc:~i was charged\nc:i was\n");
	near(confidence, 0.7);
	near(start, 1.25);
	near(end, 2.5);
	hears("{\"alternatives\" : [{\"confidence\" : 231.5, \"text\" : \"cancel it\"}, "
	      "{\"confidence\" : 230.1, \"text\" : \"council it\"}]}\n",
	      "c:cancel it\n");
	near(confidence, -1);
	hears("{\"partial\" : \"oh\", \"partial_result\" : [{\"conf\":1, \"start\":0.5, "
	      "\"end\":0.75, "
	      "\"word\":\"oh\"}]}",
	      "c:~oh\n");
	near(end, 0.75);
}

static void whisper(void **state)
{
	(void)state;
	/* whisper-cli */
	hears("\n[00:00:00.000 --> 00:00:04.500]   I was charged twice.\n"
	      "[00:00:04.500 --> 01:00:06.250]  (speaker 1) Let me look. [SPEAKER_TURN]\n"
	      "[00:00:04.500 --> 00:00:05.000]  [BLANK_AUDIO]\n[00:00:05.000 --> 00:00:06.000]   "
	      "(coughs)\n",
	      "c:I was charged twice.\na:Let me look.\n");
	/* --output-json */
	hears("{\n\t\"systeminfo\": \"AVX = 1\",\n\t\"model\": {\n\t\t\"type\": \"base\"\n\t},\n"
	      "\t\"result\": {\n\t\t\"language\": \"en\"\n\t},\n\t\"transcription\": [\n\t\t{\n"
	      "\t\t\t\"timestamps\": {\n\t\t\t\t\"from\": \"00:00:00,000\",\n\t\t\t\t\"to\": "
	      "\"00:00:02,500\"\n"
	      "\t\t\t},\n\t\t\t\"offsets\": {\n\t\t\t\t\"from\": 0,\n\t\t\t\t\"to\": "
	      "2500\n\t\t\t},\n"
	      "\t\t\t\"text\": \" It never came.\"\n\t\t},\n\t\t{\n\t\t\t\"offsets\": {\"from\": "
	      "2500, \"to\": 4000},\n"
	      "\t\t\t\"text\": \" Oh no.\",\n\t\t\t\"speaker\": \"1\"\n\t\t}\n\t]\n}\n",
	      "c:It never came.\na:Oh no.\n");
	near(start, 2.5);
	near(end, 4);
	/* OpenAI's */
	hears("{\"text\": \" a b\", \"segments\": [{\"id\": 0, \"start\": 0.0, \"end\": 1.5, "
	      "\"text\": \" a\"}, "
	      "{\"id\": 1, \"start\": 1.5, \"end\": 2.0, \"text\": \" b\"}], \"language\": \"en\"}",
	      "c:a\nc:b\n");
	near(end, 2);
	/* stream with voice detection */
	hears("[Start speaking]\n\n### Transcription 0 START | t0 = 0 ms | t1 = 2000 ms\n\n"
	      "[00:00:00.000 --> 00:00:02.000]   Hello?\n\n### Transcription 0 END\n",
	      "c:Hello?\n");
}

/* The stream example rewrites its line: chunks as it flushes them. */
static void whisper_stream(void **state)
{
	static const char clear[] = "\033[2K\r                    \033[2K\r";
	static const char *const texts[] = {" I was", " I was", " I was charged twice", " for it."};
	struct transcript transcript = {.speaker = "customer", .heard = take};

	(void)state;
	buffer_clear(&got);
	buffer_text(&got, "");
	transcript_feed(&transcript, "[Start speaking]\n", 17);
	for (size_t i = 0; i < 4; i++) {
		transcript_feed(&transcript, clear, sizeof clear - 1);
		transcript_feed(&transcript, texts[i], strlen(texts[i]));
		if (i == 2)
			transcript_feed(&transcript, "\n", 1);
	}
	assert_true(transcript.piece.length < 40); /* what was rewritten is let go */
	transcript_end(&transcript);
	assert_string_equal(got.text, "c:~I was\nc:~I was charged twice\nc:I was charged twice\n"
				      "c:~for it.\nc:for it.\n");
}

static void deepgram(void **state)
{
	(void)state;
	hears("{\"type\":\"Metadata\",\"request_id\":\"x\"}\n"
	      "{\"type\":\"Results\",\"channel_index\":[0,2],\"duration\":1.5,\"start\":2.0,\"is_"
	      "final\":false,"
	      "\"speech_final\":false,\"channel\":{\"alternatives\":[{\"transcript\":\"cancel\","
	      "\"confidence\":0.75,"
	      "\"words\":[]}]}}\n"
	      "{\"type\":\"Results\",\"channel_index\":[1,2],\"duration\":1,\"start\":2,\"is_"
	      "final\":true,"
	      "\"channel\":{\"alternatives\":[{\"transcript\":\"I see\",\"confidence\":1}]}}\n"
	      "{\"type\":\"Results\",\"channel_index\":[0,2],\"duration\":1.5,\"start\":2.0,\"is_"
	      "final\":true,"
	      "\"channel\":{\"alternatives\":[{\"transcript\":\"cancel "
	      "it\",\"confidence\":0.9}]}}\n"
	      "{\"type\":\"UtteranceEnd\",\"channel\":[0,1],\"last_word_end\":3.1}\n",
	      "c:~cancel\na:I see\nc:cancel it\n");
	near(confidence, 0.9);
	near(start, 2);
	near(end, 3.5);
	hears("{\"metadata\":{\"channels\":2},\"results\":{\"channels\":[{\"alternatives\":[{"
	      "\"transcript\":\"one\","
	      "\"confidence\":0.5}]},{\"alternatives\":[{\"transcript\":\"two\",\"confidence\":0.5}"
	      "]}]}}",
	      "c:one\na:two\n");
}

static void amazon(void **state)
{
	(void)state;
	hears("{\"TranscriptEvent\":{\"Transcript\":{\"Results\":[{\"ResultId\":\"r\","
	      "\"ChannelId\":\"ch_1\","
	      "\"StartTime\":1.25,\"EndTime\":2.5,\"IsPartial\":true,\"Alternatives\":[{"
	      "\"Transcript\":\"How can\","
	      "\"Items\":[]}]}]}}}\n"
	      "{\"Transcript\":{\"Results\":[{\"IsPartial\":false,\"StartTime\":1.25,\"EndTime\":2."
	      "5,\"Alternatives\":["
	      "{\"Transcript\":\"It broke.\",\"Items\":[{\"Content\":\"It\",\"Confidence\":0.5},"
	      "{\"Content\":\"broke\",\"Confidence\":1},{\"Content\":\".\",\"Type\":"
	      "\"punctuation\"}]}]}]}}\n"
	      "{\"Transcript\":{\"Results\":[]}}\n",
	      "a:~How can\nc:It broke.\n");
	near(confidence, 0.75);
	near(start, 1.25);
	hears("{\"jobName\":\"j\",\"results\":{\"transcripts\":[{\"transcript\":\"I waited an "
	      "hour.\"}],"
	      "\"items\":[]},\"status\":\"COMPLETED\"}",
	      "c:I waited an hour.\n");
	hears("{\"results\":{\"transcripts\":[{\"transcript\":\"An hour. "
	      "Sorry.\"}],\"channel_labels\":{\"channels\":["
	      "{\"channel_label\":\"ch_0\",\"items\":[{\"type\":\"pronunciation\",\"start_time\":"
	      "\"4.86\",\"end_time\":"
	      "\"5.01\",\"alternatives\":[{\"confidence\":\"1.0\",\"content\":\"An\"}]},{\"type\":"
	      "\"pronunciation\","
	      "\"start_time\":\"5.01\",\"end_time\":\"5.5\",\"alternatives\":[{\"content\":"
	      "\"hour\"}]},"
	      "{\"type\":\"punctuation\",\"alternatives\":[{\"content\":\",\"}]},"
	      "{\"type\":\"pronunciation\",\"end_time\":\"6\",\"alternatives\":[{\"content\":"
	      "\"sir\"}]},"
	      "{\"type\":\"punctuation\",\"alternatives\":[{\"content\":\".\"}]}]},"
	      "{\"channel_label\":\"ch_1\",\"items\":[{\"type\":\"pronunciation\",\"start_time\":"
	      "\"8.5\","
	      "\"end_time\":\"8.9\",\"alternatives\":[{\"content\":\"Sorry\"}]}]}]}}}",
	      "c:An hour, sir.\na:Sorry\n");
	near(start, 8.5);
	near(end, 8.9);
}

static void pocketsphinx(void **state)
{
	(void)state;
	hears("{\"b\":1.250,\"d\":2.000,\"p\":0.5,\"t\":\"cancel my "
	      "order\",\"w\":[{\"b\":1.25,\"d\":1.0,\"p\":1.0,"
	      "\"t\":\"cancel\"}]}\n",
	      "c:cancel my order\n");
	near(end, 3.25);
	/* pocketsphinx_continuous -time yes; older ones number their lines and say what they do */
	hears("i'm sorry to bother you\n<s> 0.000 0.270 0.999600\nsorry 4.690 5.100 0.988565\n"
	      "to(3) 5.110 5.260 0.539900\n</s> 6.040 6.520 1.000000\nhello\n",
	      "c:i'm sorry to bother you\nc:hello\n");
	hears("READY....\nListening...\nStopped listening, please wait...\n"
	      "000000000: cancel my order\n",
	      "c:cancel my order\n");
	/* which is not to say that nobody speaks of numbers */
	hears("fifty 0.5 0.55 0.5\n12: one\ntwo 1.000 2.000\nlistening...\n",
	      "c:fifty 0.5 0.55 0.5\nc:12: one\nc:two 1.000 2.000\nc:listening...\n");
}

static void speaker_has_channel_0(void **state)
{
	static const char text[] =
		"words\n{\"speaker\":\"customer\",\"text\":\"theirs\"}\n"
		"{\"channel_index\":[1,2],\"is_final\":true,\"channel\":{\"alternatives\":["
		"{\"transcript\":\"other\"}]}}\n";

	(void)state;
	assert_string_equal(read_in(text, sizeof text - 1, 9, TRANSCRIPT_AUTO, "agent"),
			    "a:words\nc:theirs\nc:other\n");
}

static void formats(void **state)
{
	static const char text[] = "[music]\n{\"text\":\"a\"}\n\nb\n";

	(void)state;
	assert_string_equal(read_in(text, sizeof text - 1, 4, TRANSCRIPT_PLAIN, "customer"),
			    "c:[music]\nc:{\"text\":\"a\"}\nc:b\n");
	assert_int_equal(passed_over, 0);
	assert_string_equal(read_in(text, sizeof text - 1, 4, TRANSCRIPT_JSON, "customer"),
			    "c:a\n");
	assert_int_equal(passed_over, 2);
	assert_string_equal(read_in(text, sizeof text - 1, 4, TRANSCRIPT_AUTO, "customer"),
			    "c:a\nc:b\n");
}

static void broken(const char *text, size_t length, const char *expected, size_t pieces)
{
	for (size_t chunk = 1; chunk < 5; chunk++) {
		assert_string_equal(read_in(text, length, chunk, TRANSCRIPT_AUTO, "customer"),
				    expected);
		assert_int_equal(passed_over, pieces);
	}
}

#define BROKEN(text, expected, pieces) broken(text, sizeof(text) - 1, expected, pieces)

/* What is torn is lost; what comes behind it is not. */
static void broken_pieces(void **state)
{
	(void)state;
	BROKEN("{\"text\":\"torn\n{\"text\":\"whole\"}\n", "c:whole\n", 1);
	BROKEN("{\"text\":\"torn\"\n{\"text\":\"whole\"}\n", "c:whole\n", 1);
	BROKEN("{\"text\":[}\n{\"text\":\"whole\"}\n", "c:whole\n", 1);
	BROKEN("{\"unknown\":1}\nwhole\n", "c:whole\n", 1);
	BROKEN("{\"text\":\"never ends", "", 1);
	BROKEN("{\"text\":\"\\u0000\"}\nwhole\n", "c:whole\n", 1);
	BROKEN("{\"text\":\"\xff\"}\nwhole\n", "c:whole\n", 1);
	BROKEN("a\xff"
	       "b\0c\033]0;title\007\n",
	       "c:a\xef\xbf\xbd"
	       "b\xef\xbf\xbd"
	       "c\n",
	       0);
}

static void long_pieces(void **state)
{
	size_t length = 10 * 1000 * 1000;
	char *text = malloc(length + 16);
	const char *line;
	size_t told = 0;

	(void)state;
	memset(text, 'x', length);
	put(text + length, "\nwhole\n");
	assert_string_equal(read_in(text, length + 7, 65536, TRANSCRIPT_AUTO, "customer"),
			    "c:whole\n");
	assert_int_equal(passed_over, 1);
	put(text, "\r");
	for (size_t i = 100; i < length; i += 100)
		text[i] = '\r'; /* a line rewritten for ever is no long line */
	read_in(text, length, 1000, TRANSCRIPT_AUTO, "customer");
	assert_int_equal(passed_over, 0);
	/* a text too long for a message is told in parts, whole words each */
	memset(text, 'x', length);
	for (size_t i = 4; i < 100000; i += 5)
		text[i] = ' ';
	put(text, "{\"text\":\"");
	put(text + 100000, "\"}");
	line = read_in(text, 100002, 65536, TRANSCRIPT_AUTO, "customer");
	for (const char *next; (next = strchr(line, '\n')); line = next + 1, told++) {
		assert_true(next - line <= TRANSCRIPT_TEXT_BYTES + 2);
		assert_true(next[1] == '\0' || next[-1] == ' ');
	}
	assert_int_equal(told, (100000 - 9) / TRANSCRIPT_TEXT_BYTES + 1);
	free(text);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(plain_lines),	  cmocka_unit_test(own_objects),
		cmocka_unit_test(vosk),		  cmocka_unit_test(whisper),
		cmocka_unit_test(whisper_stream), cmocka_unit_test(deepgram),
		cmocka_unit_test(amazon),	  cmocka_unit_test(pocketsphinx),
		cmocka_unit_test(formats),	  cmocka_unit_test(speaker_has_channel_0),
		cmocka_unit_test(broken_pieces),  cmocka_unit_test(long_pieces),
	};
	int failed;

	setlocale(LC_CTYPE, "C.UTF-8");
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	buffer_free(&got);
	return failed;
}
