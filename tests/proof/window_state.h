/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/proof/window_state.h - what holds of the dynamic window between two calls.
 *
 * A proof by induction: an io_window of which nothing is known but this, one call,
 * and this holds again.  So it holds after any number of calls, window_init()
 * being the start.
 *
 * A spot is a unit of a page block or a slot, and the area of the same number,
 * which begins there.  What holds of all spots is assumed of those that a call can
 * touch and of witnesses that may be any, and shown of them.  A "there is one" has
 * a ghost: which area owns a spot, and where in the queue an area stands.
 *
 * Arrays are dear to a SAT solver, so only the known areas are there.  The harness
 * makes io_window.area[] and .block[] calls of area_at() and block_at(), and takes
 * the bitmaps out of their structs ("narrow").  Shifts instead of divisions, for the
 * same reason.
 */
#ifndef TESTS_PROOF_WINDOW_STATE_H
#define TESTS_PROOF_WINDOW_STATE_H

#include "mm/types.h"

struct io_area *area_at(u32 number);
struct page_block *block_at(u32 b);

#include "mm/window_priv.h"
#include "proof.h"
#include "tables.h"

#define SPOTS (SMALL_AREAS + WINDOW_SLOTS)

/* PLACE is a spot alone, the rest areas, too: any two, and the one a call is about. */
enum { PLACE, ANY, OTHER, FRESH, KNOWN };

#ifndef ROOM
#define ROOM true
#endif
#ifndef QUEUE
#define QUEUE true
#endif

struct spot {
	struct io_area area;
	bool free, waiting, open; /* open: no unit of an unused block */
	u32 block; /* whose a slot is, or 0 */
};

static u32 known[KNOWN]; /* their numbers */
static u32 turn[KNOWN]; /* of those that wait: ascends along the queue, without a gap */
static u32 first_turn, last_turn;
static bool is_owner; /* PLACE is free, a block's, or in the room of ANY */
static struct spot was[KNOWN], now[KNOWN];

struct window nondet_window(void);
struct io_area nondet_area(void);
struct page_block nondet_block(void);

/* Each an object of its own: a pointer to one is a choice, and no arithmetic. */
static struct io_area area_1, area_2, area_3, elsewhere;
static struct io_area *const area_of[KNOWN] = { &elsewhere, &area_1, &area_2, &area_3 };
static struct page_block block_0, block_1;
static u32 free_0[4], waits_0[4], free_1[4], waits_1[4], with_room[2], unused[2];
static u32 slot_free[WINDOW_SLOTS >> 5], slot_waits[WINDOW_SLOTS >> 5];

/* An area that is not known can be anything, each time it is looked at. */
struct io_area *area_at(u32 number)
{
	for (u32 i = ANY; i < KNOWN; i++)
		if (known[i] == number)
			return area_of[i];
	assert(number < SPOTS);
	elsewhere = nondet_area();
	return &elsewhere;
}

struct page_block *block_at(u32 b)
{
	assert(b < MM_PAGE_BLOCKS);
	return b ? &block_1 : &block_0;
}

/* ---- bits, without mm/bitmap.h ---- */

static bool is_unit(u32 n)
{
	return n < SMALL_AREAS;
}

static bool bit_of(u32 word, u32 bit)
{
	return word >> (31 - (bit & 31)) & 1;
}

static bool is_open(u32 b)
{
	return !bit_of(io_window.blocks_unused[b >> 5], b);
}

static struct spot look_at(u32 n)
{
	struct spot s = { .open = true };
	u32 b = n >> 7, slot = n - SMALL_AREAS;

	if (is_unit(n)) {
		s.free = bit_of(block_at(b)->free[n >> 5 & 3], n);
		s.waiting = bit_of(block_at(b)->waits[n >> 5 & 3], n);
		s.open = is_open(b);
	} else {
		s.free = bit_of(io_window.slot_free[slot >> 5], slot);
		s.waiting = bit_of(io_window.slot_waits[slot >> 5], slot);
		s.block = io_window.block_of_slot[slot];
	}
	return s;
}

/* ---- blocks ---- */

static bool block_is_good(u32 b)
{
	const struct page_block *pb = block_at(b);
	u32 room = pb->free[0] | pb->free[1] | pb->free[2] | pb->free[3];
	u32 slot = (pb->va - VMALLOC_START) >> 20;

	if (bit_of(io_window.blocks_with_room[b >> 5], b) != (is_open(b) && room))
		return false;
	return !is_open(b) || (!(pb->va & 0xfffff) && slot < WINDOW_SLOTS &&
			       io_window.block_of_slot[slot] == b + 1 && !(pb->table & 1023) &&
			       in_tables(pb->table));
}

static bool blocks_are_good(void)
{
	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++)
		if (!block_is_good(b))
			return false;
	return io_window.search < 64 && io_window.slot_search < WINDOW_SLOTS / 32 &&
	       !(io_window.blocks_unused[0] << MM_PAGE_BLOCKS | io_window.blocks_unused[1]) &&
	       !(io_window.blocks_with_room[0] << MM_PAGE_BLOCKS | io_window.blocks_with_room[1]);
}

/* Nothing is free and waits; of the spots that are bits. */
static bool bits_are_apart(void)
{
	for (u32 i = 0; i < WINDOW_SLOTS / 32; i++)
		if (io_window.slot_free[i] & io_window.slot_waits[i])
			return false;
	for (u32 b = 0; b < MM_PAGE_BLOCKS; b++)
		for (u32 i = 0; is_open(b) && i < BLOCK_UNITS / 32; i++)
			if (block_at(b)->free[i] & block_at(b)->waits[i])
				return false;
	return true;
}

/* ---- areas and what their room is ---- */

static bool is_waiting(const struct spot *s)
{
	return s->area.state == AREA_WAITS;
}

static bool is_held(const struct spot *s)
{
	return is_live(&s->area) || is_waiting(s);
}

static bool area_is_good(u32 n, const struct spot *s)
{
	const struct io_area *a = &s->area;
	u32 shift = is_unit(n) ? 1 : 8, end = is_unit(n) ? (n | 127) + 1 : SPOTS;

	if (!is_held(s))
		return true;
	if (a->state == AREA_PAGE && (!is_unit(n) || a->pages != 1 || a->skip || a->room != 1))
		return false;
	return s->open && n + a->room <= end && a->skip < 1u << shift && a->pages &&
	       a->room == ((u32)a->skip + a->pages >> shift) + 1;
}

/* Does the area at @n, which is @s, have @at in its room? */
static bool covers(u32 n, const struct spot *s, u32 at)
{
	return is_held(s) && at - n < s->area.room;
}

/* What is in an area's room is not free, and waits if the area does. */
static bool agree(u32 n, const struct spot *s, u32 at, const struct spot *there)
{
	return !covers(n, s, at) ||
	       (!there->free && there->waiting == is_waiting(s) && !there->block);
}

static bool are_apart(u32 n, const struct spot *s, u32 m, const struct spot *other)
{
	return n == m || !is_held(other) || !covers(n, s, m);
}

/* A block's slot is nobody else's, and the block says so, too. */
static bool slot_is_good(u32 n, const struct spot *s)
{
	return !s->block ||
	       (!s->free && !s->waiting && s->block <= MM_PAGE_BLOCKS && is_open(s->block - 1) &&
		block_at(s->block - 1)->va == slot_va(n - SMALL_AREAS));
}

/* A unit is free or its owner's, a slot is free or a block's or its owner's. */
static bool is_accounted_for(u32 n, const struct spot *s, u32 owner, const struct spot *o)
{
	return !s->open || s->block || s->free || covers(owner, o, n);
}

/* ---- the queue ---- */

static u32 age_of(const struct spot *s)
{
	return io_window.maps - s->area.freed_at;
}

/* What waits has a place in the queue; how long it has waited is bounded. */
static bool is_queued(u32 i, const struct spot *s)
{
	u32 before = turn[i] - first_turn, next = s[i].area.next;

	if (!is_waiting(&s[i]))
		return true;
	return io_window.first_waiting != NONE && before <= last_turn - first_turn &&
	       (before == 0) == (known[i] == io_window.first_waiting) &&
	       (turn[i] == last_turn) == (known[i] == io_window.last_waiting) &&
	       (turn[i] == last_turn ? next == NONE : next < SPOTS) &&
	       age_of(&s[i]) < MM_QUARANTINE + SPOTS - before;
}

/* The next one has the next turn, no two have the same, who came first is older. */
static bool are_in_order(u32 i, u32 j, const struct spot *s)
{
	bool follows = turn[i] != last_turn && turn[j] == turn[i] + 1;

	if (is_waiting(&s[i]) && s[i].area.next == known[j] && !(is_waiting(&s[j]) && follows))
		return false;
	if (!is_waiting(&s[i]) || !is_waiting(&s[j]))
		return true;
	return (known[i] == known[j]) == (turn[i] == turn[j]) &&
	       (!follows || s[i].area.next == known[j]) &&
	       (turn[i] - first_turn > turn[j] - first_turn || age_of(&s[i]) >= age_of(&s[j]));
}

/* The ends, as far as @i can be one. */
static bool ends_are_good(u32 i, const struct spot *s)
{
	u32 first = io_window.first_waiting, last = io_window.last_waiting;

	if (first == NONE || last == NONE)
		return first == last;
	if ((known[i] == first || known[i] == last) && !is_waiting(&s[i]))
		return false;
	return first < SPOTS && last < SPOTS &&
	       (known[i] != first || io_window.due == s[i].area.freed_at + MM_QUARANTINE);
}

/* ---- before a call and after it ---- */

static void look(struct spot *s)
{
	s[PLACE] = look_at(known[PLACE]);
	for (u32 i = ANY; i < KNOWN; i++) {
		s[i] = look_at(known[i]);
		s[i].area = *area_at(known[i]);
	}
}

/* A variant that shows the one half of this needs the other one less. */
static bool pair_is_good(u32 i, u32 j, const struct spot *s)
{
	return (!ROOM || (agree(known[i], &s[i], known[j], &s[j]) &&
			  are_apart(known[i], &s[i], known[j], &s[j]))) &&
	       (!QUEUE || are_in_order(i, j, s));
}

static void place_bitmaps(void)
{
	block_0.free = free_0;
	block_0.waits = waits_0;
	block_1.free = free_1;
	block_1.waits = waits_1;
	io_window.blocks_with_room = with_room;
	io_window.blocks_unused = unused;
	io_window.slot_free = slot_free;
	io_window.slot_waits = slot_waits;
}

static void any_words(u32 *word, u32 n)
{
	for (u32 i = 0; i < n; i++)
		word[i] = nondet_u32();
}

static void any_bitmaps(void)
{
	io_window = nondet_window();
	block_0 = nondet_block();
	block_1 = nondet_block();
	place_bitmaps();
	any_words(free_0, 4);
	any_words(free_1, 4);
	any_words(waits_0, 4);
	any_words(waits_1, 4);
	any_words(with_room, 2);
	any_words(unused, 2);
	any_words(slot_free, WINDOW_SLOTS / 32);
	any_words(slot_waits, WINDOW_SLOTS / 32);
}

/* FRESH is one of a kind, if a variant says so. */
static void any_witnesses(void)
{
	for (u32 i = 0; i < KNOWN; i++) {
		known[i] = nondet_u32();
		ASSUME(known[i] < SPOTS);
	}
#ifdef UNIT
	known[FRESH] &= SMALL_AREAS - 1;
#elif defined SLOT
	known[FRESH] = SMALL_AREAS + (known[FRESH] & (WINDOW_SLOTS - 1));
#endif
}

/* A window in any state that can be, and what is known of it. */
static void any_window(void)
{
	any_witnesses();
	any_bitmaps();
	ASSUME(blocks_are_good() && bits_are_apart() && io_window.pinned == NONE);
	for (u32 i = 0; i < KNOWN; i++) {
		turn[i] = nondet_u32();
		*area_of[i] = nondet_area();
	}
	first_turn = nondet_u32();
	last_turn = nondet_u32();
	ASSUME(last_turn - first_turn < SPOTS); /* no two areas have the same turn */
	look(was);
	for (u32 i = ANY; i < KNOWN; i++) {
		ASSUME(area_is_good(known[i], &was[i]) && slot_is_good(known[i], &was[i]));
		ASSUME(is_queued(i, was) && ends_are_good(i, was));
		ASSUME(!ROOM || agree(known[i], &was[i], known[PLACE], &was[PLACE]));
		for (u32 j = ANY; j < KNOWN; j++)
			ASSUME(pair_is_good(i, j, was));
	}
	ASSUME(slot_is_good(known[PLACE], &was[PLACE]));
	is_owner = nondet_bool();
	ASSUME(!is_owner || is_accounted_for(known[PLACE], &was[PLACE], known[ANY], &was[ANY]));
	REACHED(is_live(&was[ANY].area) && is_waiting(&was[OTHER]));
}

static void check_room(void)
{
	assert(blocks_are_good() && io_window.pinned == NONE);
	assert(area_is_good(known[ANY], &now[ANY]));
	assert(!now[PLACE].open || !now[PLACE].free || !now[PLACE].waiting);
	assert(slot_is_good(known[PLACE], &now[PLACE]));
	assert(agree(known[ANY], &now[ANY], known[PLACE], &now[PLACE]));
	assert(are_apart(known[ANY], &now[ANY], known[OTHER], &now[OTHER]));
	assert(!is_owner || is_accounted_for(known[PLACE], &now[PLACE], known[ANY], &now[ANY]) ||
	       is_accounted_for(known[PLACE], &now[PLACE], known[FRESH], &now[FRESH]));
}

static void check_queue(void)
{
	assert(ends_are_good(ANY, now));
	assert(is_queued(ANY, now));
	assert(are_in_order(ANY, OTHER, now));
}

/* ---- what every call promises ---- */

static bool same_mapping(const struct io_area *a, const struct io_area *b)
{
	return a->phys == b->phys && a->mapped_by == b->mapped_by && a->pages == b->pages &&
	       a->type == b->type && a->state == b->state && a->skip == b->skip &&
	       a->room == b->room;
}

/* What was live still is, unchanged; nothing else is live. */
static void check_others(void)
{
	assert(is_live(&was[ANY].area) == is_live(&now[ANY].area));
	if (is_live(&was[ANY].area) || is_waiting(&now[ANY]))
		assert(same_mapping(&was[ANY].area, &now[ANY].area));
	assert(!is_waiting(&now[ANY]) || is_waiting(&was[ANY]));
}

#endif
