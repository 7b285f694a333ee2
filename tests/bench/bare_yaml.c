/*
 * The least that it costs to read YAML with libyaml, as a yardstick: every event of every file
 * named is fetched and dropped. Prints how many there were; 1 if a file could not be parsed.
 */
#include <stdbool.h>
#include <stdio.h>
#include <yaml.h>

static bool file_count(const char *path, long *events)
{
	yaml_parser_t parser;
	FILE *file = fopen(path, "rb");
	if (!file || !yaml_parser_initialize(&parser))
		return false;
	yaml_parser_set_input_file(&parser, file);
	bool good = true, more = true;
	while (good && more) {
		yaml_event_t event;
		good = yaml_parser_parse(&parser, &event);
		if (!good)
			break;
		more = event.type != YAML_STREAM_END_EVENT;
		yaml_event_delete(&event);
		++*events;
	}
	yaml_parser_delete(&parser);
	fclose(file);
	return good;
}

int main(int argc, char **argv)
{
	long events = 0;
	int status = 0;
	for (int i = 1; i < argc; i++)
		if (!file_count(argv[i], &events)) {
			fprintf(stderr, "cannot parse '%s'\n", argv[i]);
			status = 1;
		}
	printf("%ld events\n", events);
	return status;
}
