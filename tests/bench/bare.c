/*
 * The least that a ncursesw program can do, as a yardstick: paint a screen full of text, move a
 * highlighted row, swap the page, quit. It reads no file and keeps nothing beyond two numbers.
 * Down and Up move, p swaps the page, q quits; every other key changes nothing.
 */
#include <curses.h>
#include <locale.h>

struct page {
	int number, chosen;
};

/* Text that differs from row to row and from page to page in nearly every cell. */
static void row_paint(const struct page *page, int row)
{
	static const char letters[] = "so you waited for an hour and nobody came; that would tire "
				      "anyone, I am sorry it did ";
	const int length = (int)sizeof letters - 1;
	char cells[512];
	int count = COLS < (int)sizeof cells ? COLS : (int)sizeof cells;
	for (int i = 0; i < count; i++)
		cells[i] = letters[(i + 7 * row + 31 * page->number) % length];
	if (row == page->chosen)
		attron(A_REVERSE);
	mvaddnstr(row, 0, cells, count);
	if (row == page->chosen)
		attroff(A_REVERSE);
}

static void page_paint(const struct page *page)
{
	for (int row = 0; row < LINES - 1; row++)
		row_paint(page, row);
	mvprintw(LINES - 1, 0, "page %d", page->number);
	clrtoeol();
}

static void page_move(struct page *page, int by)
{
	int before = page->chosen, rows = LINES - 1;
	page->chosen = (page->chosen + rows + by) % rows;
	row_paint(page, before);
	row_paint(page, page->chosen);
}

int main(void)
{
	struct page page = {0, 0};
	setlocale(LC_ALL, "");
	initscr();
	cbreak();
	noecho();
	keypad(stdscr, TRUE);
	set_escdelay(25);
	curs_set(0);
	leaveok(stdscr, TRUE);
	page_paint(&page);
	for (;;) {
		refresh();
		int key = getch();
		if (key == 'q' || key == ERR)
			break;
		if (key == KEY_DOWN)
			page_move(&page, 1);
		else if (key == KEY_UP)
			page_move(&page, -1);
		else if (key == 'p')
			page.number = (page.number + 1) % 8;
		else if (key != KEY_RESIZE)
			continue;
		if (key == 'p' || key == KEY_RESIZE)
			page_paint(&page);
	}
	endwin();
	return 0;
}
