/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/test_app_line.c - the line editor against a little terminal.
 *
 * The terminal knows printable characters, backspace, newline, bell and the one
 * clear-screen sequence.  After each line typed, what stands on it must be what
 * the editor holds, and its cursor where the editor's is.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
/* cmocka wants the four above before it */
#include <cmocka.h>

#include <string.h>

#include "app/line.h"

#define PROMPT "mercator> "
#define ROW_SIZE 400u
#define CLEAR "\033[H\033[2J"

/* ---- the terminal ---- */

static const char *typed; /* what is still to come */
static size_t typed_left;
static char row[ROW_SIZE], last_row[ROW_SIZE]; /* the one with the cursor, the one before */
static u32 column, bells, clears, rows;
static bool escapes; /* anything but what a dumb terminal knows */
static struct line editor;

static int get(void *arg)
{
	(void)arg;
	if (!typed_left)
		return -1;
	typed_left--;
	return (unsigned char)*typed++;
}

static void new_row(void)
{
	memcpy(last_row, row, sizeof(row));
	memset(row, 0, sizeof(row));
	column = 0;
	rows++;
}

static void draw(char c)
{
	switch (c) {
	case '\n':
		new_row();
		return;
	case '\a':
		bells++;
		return;
	case '\b':
		assert_true(column > 0);
		column--;
		return;
	default:
		escapes |= c < ' ' || c > '~';
		assert_true(column < ROW_SIZE - 1);
		row[column++] = c;
	}
}

static void put(void *arg, const char *s, size_t n)
{
	(void)arg;
	if (n == strlen(CLEAR) && !memcmp(s, CLEAR, n)) {
		clears++;
		memset(row, 0, sizeof(row));
		column = 0;
		return;
	}
	while (n--)
		draw(*s++);
}

static const char *name(unsigned int i)
{
	static const char *const names[] = { "led", "iomem", "ioremap", "iounmap", "maps", "md" };

	return i < sizeof(names) / sizeof(names[0]) ? names[i] : NULL;
}

static const struct line_io io = { .get = get, .put = put, .name = name };

static int power_on(void **state)
{
	(void)state;
	memset(&editor, 0, sizeof(editor));
	memset(row, 0, sizeof(row));
	memset(last_row, 0, sizeof(last_row));
	column = bells = clears = rows = 0;
	escapes = false;
	editor.io = &io;
	return 0;
}

static void type_bytes(const char *s, size_t n)
{
	typed = s;
	typed_left = n;
}

/* Rows are compared without the blanks that an erased tail leaves. */
static void assert_row(const char *have, const char *want)
{
	size_t n = strlen(want), end = strlen(have);

	while (end > n && have[end - 1] == ' ')
		end--;
	assert_int_equal(end, n);
	assert_memory_equal(have, want, n);
}

/* Type @keys, end of line included; the line that comes of it must be @want. */
static void assert_typed(const char *keys, const char *want)
{
	char whole[ROW_SIZE] = PROMPT;

	type_bytes(keys, strlen(keys));
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_string_equal(editor.text, want);
	assert_int_equal(editor.len, strlen(want));
	strcat(whole, want);
	assert_row(last_row, whole);
}

/* Type @keys without an end: the open line must be @want, its cursor at @cursor. */
static void assert_open(const char *keys, const char *want, u32 cursor)
{
	u32 before = rows;
	struct line open;

	/* The input ends, which ends the line: look at the row that was left. */
	type_bytes(keys, strlen(keys));
	assert_int_equal(line_read(&editor, PROMPT), LINE_ENDED);
	assert_true(rows > before);
	open = editor;
	assert_string_equal(open.text, want);
	assert_int_equal(open.cursor, cursor);
}

/* ---- typing ---- */

static void plain_line(void **state)
{
	(void)state;
	assert_typed("led all on\n", "led all on");
	assert_int_equal(bells, 0);
}

static void a_pipe_sees_no_escape_codes(void **state)
{
	(void)state;
	assert_typed("walk 0xf8000000\r", "walk 0xf8000000");
	assert_int_equal(rows, 1);
	assert_false(escapes);
}

static void empty_line(void **state)
{
	(void)state;
	assert_typed("\n", "");
}

static void carriage_return_ends(void **state)
{
	(void)state;
	assert_typed("maps\r", "maps");
}

static void crlf_ends_once(void **state)
{
	const char keys[] = "one\r\ntwo\r\n";

	(void)state;
	type_bytes(keys, strlen(keys));
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_string_equal(editor.text, "one");
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_string_equal(editor.text, "two");
	assert_int_equal(line_read(&editor, PROMPT), LINE_ENDED);
}

static void two_newlines_are_two_lines(void **state)
{
	(void)state;
	type_bytes("\n\n", 2);
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_int_equal(line_read(&editor, PROMPT), LINE_ENDED);
}

static void cr_then_text_then_lf(void **state)
{
	(void)state;
	type_bytes("a\rb\n", 4);
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_string_equal(editor.text, "b");
}

static void input_ends(void **state)
{
	(void)state;
	assert_open("half", "half", 4);
}

static void ctrl_d_on_empty_ends(void **state)
{
	(void)state;
	type_bytes("\004more\n", 6);
	assert_int_equal(line_read(&editor, PROMPT), LINE_ENDED);
	assert_int_equal(typed_left, 5);
	assert_row(last_row, "mercator>");
}

static void ctrl_d_in_line_deletes(void **state)
{
	(void)state;
	assert_typed("mapps\002\002\004\n", "maps");
}

static void ctrl_d_at_the_end_of_a_line_does_nothing(void **state)
{
	(void)state;
	assert_typed("maps\004\n", "maps");
	assert_int_equal(bells, 1);
}

/* ---- deleting ---- */

static void backspace(void **state)
{
	(void)state;
	assert_typed("mapx\bs\n", "maps");
}

static void del_is_backspace(void **state)
{
	(void)state;
	assert_typed("mapx\177s\n", "maps");
}

static void backspace_on_empty_beeps(void **state)
{
	(void)state;
	assert_typed("\b\177x\n", "x");
	assert_int_equal(bells, 2);
}

static void backspace_in_the_middle(void **state)
{
	(void)state;
	assert_typed("leed on\033[D\033[D\033[D\033[D\b\n", "led on");
}

static void delete_key(void **state)
{
	(void)state;
	assert_typed("xled\001\033[3~\n", "led");
}

static void ctrl_u_cuts_left(void **state)
{
	(void)state;
	assert_typed("wrong right\002\002\002\002\002\025\n", "right");
}

static void ctrl_k_cuts_right(void **state)
{
	(void)state;
	assert_typed("keep drop\002\002\002\002\002\013\n", "keep");
}

static void ctrl_w_cuts_a_word(void **state)
{
	(void)state;
	assert_typed("led all on \027off\n", "led all off");
	assert_typed("one\027\n", "");
}

static void ctrl_c_drops_the_line(void **state)
{
	(void)state;
	assert_typed("mw 0 0\003maps\n", "maps");
	assert_int_equal(rows, 2);
}

/* ---- moving ---- */

static void left_and_insert(void **state)
{
	(void)state;
	assert_typed("ld\033[De\n", "led");
}

static void left_right_by_control(void **state)
{
	(void)state;
	assert_typed("ac\002b\006d\n", "abcd");
}

static void home_and_end(void **state)
{
	(void)state;
	assert_typed("d o\033[Hle\033[Fn\n", "led on");
	assert_typed("d o\033[1~le\033[4~n\n", "led on");
	assert_typed("d o\033OHle\033OFn\n", "led on");
	assert_typed("d o\001le\005n\n", "led on");
}

static void edges_beep(void **state)
{
	(void)state;
	assert_typed("a\033[C\033[D\033[D\n", "a");
	assert_int_equal(bells, 2);
}

static void the_cursor_is_where_it_says(void **state)
{
	(void)state;
	assert_open("abcdef\002\002\002", "abcdef", 3);
}

static void ctrl_l_draws_again(void **state)
{
	(void)state;
	assert_typed("led on\002\002\014x\n", "led xon");
	assert_int_equal(clears, 1);
}

/* ---- history ---- */

static void up_brings_the_last(void **state)
{
	(void)state;
	assert_typed("first\n", "first");
	assert_typed("second\n", "second");
	assert_typed("\033[A\n", "second");
	assert_typed("\033[A\033[A\n", "first");
}

static void down_brings_the_draft_back(void **state)
{
	(void)state;
	assert_typed("first\n", "first");
	assert_typed("draft\033[A\033[B!\n", "draft!");
}

static void history_by_control(void **state)
{
	(void)state;
	assert_typed("first\n", "first");
	assert_typed("second\n", "second");
	assert_typed("\020\020\016\n", "second");
}

static void history_edges_beep(void **state)
{
	(void)state;
	assert_typed("\033[A\033[Bx\n", "x");
	assert_int_equal(bells, 2);
}

static void a_shorter_line_leaves_no_rest(void **state)
{
	(void)state;
	assert_typed("md\n", "md");
	assert_typed("a much longer line\033[A\n", "md");
}

static void repeats_and_empties_are_not_kept(void **state)
{
	(void)state;
	assert_typed("one\n", "one");
	assert_typed("two\n", "two");
	assert_typed("two\n", "two");
	assert_typed("\n", "");
	assert_typed("\033[A\033[A\n", "one");
}

static void an_old_line_changed_is_a_new_one(void **state)
{
	(void)state;
	assert_typed("led on\n", "led on");
	assert_typed("\033[A\b\boff\n", "led off");
	assert_typed("\033[A\033[A\n", "led on");
}

static void sixteen_lines_are_kept(void **state)
{
	char line[] = "line a\n", up[LINE_HISTORY * 3 + 5] = "";

	(void)state;
	for (u32 i = 0; i < LINE_HISTORY + 1; i++) {
		line[5] = (char)('a' + i);
		line[6] = '\n';
		type_bytes(line, 7);
		assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	}
	for (u32 i = 0; i < LINE_HISTORY; i++)
		strcat(up, "\033[A");
	bells = 0;
	strcat(up, "\n");
	assert_typed(up, "line b"); /* a is gone */
	assert_int_equal(bells, 0);
}

/* ---- completion ---- */

static void tab_completes_the_only_one(void **state)
{
	(void)state;
	assert_typed("l\tall\n", "led all");
}

static void tab_goes_as_far_as_all_agree(void **state)
{
	(void)state;
	assert_typed("i\t\n", "io");
	assert_int_equal(rows, 1);
}

static void tab_again_lists(void **state)
{
	(void)state;
	type_bytes("io\t", 3);
	line_read(&editor, PROMPT);
	/* typed row, the list, the row drawn again */
	assert_int_equal(rows, 3);
	assert_row(last_row, PROMPT "io");
}

static void tab_without_a_match_beeps(void **state)
{
	(void)state;
	assert_typed("x\t\n", "x");
	assert_int_equal(bells, 1);
}

static void tab_behind_the_first_word_beeps(void **state)
{
	(void)state;
	assert_typed("led m\t\n", "led m");
	assert_int_equal(bells, 1);
}

static void tab_in_the_middle(void **state)
{
	(void)state;
	assert_typed("ma x\002\002\tz\n", "mapsz x");
}

/* ---- what does not belong ---- */

static void utf8_is_ignored(void **state)
{
	(void)state;
	assert_typed("m\xc3\xa9"
		     "a\xe4\xb8\xad"
		     "ps\xff\n",
		     "maps");
	assert_int_equal(bells, 0);
}

static void nul_and_other_controls_beep(void **state)
{
	const char keys[] = "m\0a\007ps\n";

	(void)state;
	type_bytes(keys, sizeof(keys) - 1);
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_string_equal(editor.text, "maps");
	assert_int_equal(bells, 2);
}

static void unknown_escapes_leave_no_letters(void **state)
{
	(void)state;
	assert_typed("ma\033[15~\033[1;5P\033Op\033[200~ps\n", "maps");
}

static void a_newline_breaks_an_escape_off(void **state)
{
	(void)state;
	assert_typed("maps\033[\n", "maps");
	assert_typed("maps\033\r", "maps");
}

static void a_control_key_breaks_an_escape_off(void **state)
{
	(void)state;
	assert_typed("maps\033[\025led\n", "led");
}

static void arrows_with_modifiers(void **state)
{
	(void)state;
	assert_typed("ld\033[1;5De\n", "led");
}

/* ---- too long ---- */

static void the_longest_line_fits(void **state)
{
	char keys[LINE_SIZE + 1], want[LINE_SIZE];

	(void)state;
	memset(keys, 'x', LINE_SIZE - 1);
	memcpy(want, keys, LINE_SIZE - 1);
	want[LINE_SIZE - 1] = 0;
	strcpy(keys + LINE_SIZE - 1, "\n");
	assert_typed(keys, want);
	assert_int_equal(bells, 0);
}

static void one_more_is_refused(void **state)
{
	char keys[LINE_SIZE + 3];

	(void)state;
	memset(keys, 'x', LINE_SIZE);
	strcpy(keys + LINE_SIZE, "y\n");
	type_bytes(keys, strlen(keys));
	assert_int_equal(line_read(&editor, PROMPT), LINE_TOO_LONG);
	assert_int_equal(bells, 2);
	assert_int_equal(editor.len, LINE_SIZE - 1);
	assert_int_equal(editor.kept, 0);
}

static void too_long_then_edited_is_fine(void **state)
{
	char keys[LINE_SIZE + 5];

	(void)state;
	memset(keys, 'x', LINE_SIZE);
	strcpy(keys + LINE_SIZE, "\025ok\n");
	type_bytes(keys, strlen(keys));
	assert_int_equal(line_read(&editor, PROMPT), LINE_DONE);
	assert_string_equal(editor.text, "ok");
}

static void the_next_line_is_not_too_long(void **state)
{
	char keys[LINE_SIZE + 3];

	(void)state;
	memset(keys, 'x', LINE_SIZE);
	strcpy(keys + LINE_SIZE, "\n");
	type_bytes(keys, strlen(keys));
	assert_int_equal(line_read(&editor, PROMPT), LINE_TOO_LONG);
	assert_typed("maps\n", "maps");
}

/* ---- noise ---- */

/*
 * Any bytes at all: the text stays within its array and NUL-terminated, the
 * cursor within the text.  Printable keys and editing keys are made likelier.
 */
static void noise(void **state)
{
	static char keys[64];
	u32 seed = 0x2545f491;

	(void)state;
	for (u32 round = 0; round < 20000; round++) {
		for (u32 i = 0; i < sizeof(keys); i++) {
			seed = seed * 1664525u + 1013904223u;
			keys[i] = (char)(seed >> 24);
			if (seed & 0x100)
				keys[i] &= 0x1f;
		}
		type_bytes(keys, sizeof(keys));
		while (typed_left) {
			memset(row, 0, sizeof(row));
			column = 0;
			line_read(&editor, PROMPT);
			assert_true(editor.len < LINE_SIZE);
			assert_int_equal(strlen(editor.text), editor.len);
			assert_true(editor.cursor <= editor.len);
		}
	}
}

#define case_line(fn) cmocka_unit_test_setup(fn, power_on)

int main(void)
{
	const struct CMUnitTest tests[] = {
		case_line(plain_line),
		case_line(a_pipe_sees_no_escape_codes),
		case_line(empty_line),
		case_line(carriage_return_ends),
		case_line(crlf_ends_once),
		case_line(two_newlines_are_two_lines),
		case_line(cr_then_text_then_lf),
		case_line(input_ends),
		case_line(ctrl_d_on_empty_ends),
		case_line(ctrl_d_in_line_deletes),
		case_line(ctrl_d_at_the_end_of_a_line_does_nothing),
		case_line(backspace),
		case_line(del_is_backspace),
		case_line(backspace_on_empty_beeps),
		case_line(backspace_in_the_middle),
		case_line(delete_key),
		case_line(ctrl_u_cuts_left),
		case_line(ctrl_k_cuts_right),
		case_line(ctrl_w_cuts_a_word),
		case_line(ctrl_c_drops_the_line),
		case_line(left_and_insert),
		case_line(left_right_by_control),
		case_line(home_and_end),
		case_line(edges_beep),
		case_line(the_cursor_is_where_it_says),
		case_line(ctrl_l_draws_again),
		case_line(up_brings_the_last),
		case_line(down_brings_the_draft_back),
		case_line(history_by_control),
		case_line(history_edges_beep),
		case_line(a_shorter_line_leaves_no_rest),
		case_line(repeats_and_empties_are_not_kept),
		case_line(an_old_line_changed_is_a_new_one),
		case_line(sixteen_lines_are_kept),
		case_line(tab_completes_the_only_one),
		case_line(tab_goes_as_far_as_all_agree),
		case_line(tab_again_lists),
		case_line(tab_without_a_match_beeps),
		case_line(tab_behind_the_first_word_beeps),
		case_line(tab_in_the_middle),
		case_line(utf8_is_ignored),
		case_line(nul_and_other_controls_beep),
		case_line(unknown_escapes_leave_no_letters),
		case_line(a_newline_breaks_an_escape_off),
		case_line(a_control_key_breaks_an_escape_off),
		case_line(arrows_with_modifiers),
		case_line(the_longest_line_fits),
		case_line(one_more_is_refused),
		case_line(too_long_then_edited_is_fine),
		case_line(the_next_line_is_not_too_long),
		case_line(noise),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
