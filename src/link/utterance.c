#include "link/utterance.h"

#include <string.h>

#include "base/buffer.h"
#include "base/json.h"

const char *utterance_speaker(const char *name)
{
	if (strcmp(name, "customer") == 0)
		return "customer";
	return strcmp(name, "agent") == 0 ? "agent" : NULL;
}

double utterance_confidence(double told)
{
	return told >= 0 && told <= 1 ? told : -1;
}

void utterance_write(const struct utterance *utterance, struct buffer *out)
{
	struct json_writer writer = {.out = out};

	json_open(&writer, NULL, '{');
	json_put_text(&writer, "speaker", utterance->speaker);
	json_put_text(&writer, "text", utterance->text);
	json_put_boolean(&writer, "final", utterance->final);
	if (utterance->confidence >= 0)
		json_put_number(&writer, "confidence", utterance->confidence);
	if (utterance->start >= 0)
		json_put_number(&writer, "start", utterance->start);
	if (utterance->end >= 0)
		json_put_number(&writer, "end", utterance->end);
	json_close(&writer, '}');
	buffer_text(out, "\n");
}
