/* SPDX-License-Identifier: BSD-2-Clause */
/*
 * tests/unit/state.c - copy and compare the variables of mm/, found in the
 * program's own ELF symbol table.
 *
 * Local symbols follow the name of their file, global ones do not.  What belongs
 * to tests, model and libraries is left out by name; the rest is mm/'s, so that
 * a new file of mm/ is watched without being told of.
 */
#define _GNU_SOURCE
#include "state.h"

#include <elf.h>
#include <fcntl.h>
#include <link.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#define OBJECTS 256

static struct {
	const char *name;
	const void *at;
	size_t size;
	void *copy;
} object[OBJECTS];
static u32 objects;

/* Files and global names that are not mm/'s: by how they begin. */
static const char *const other_files[] = {
	"test_", "fuzz_", "helpers.", "ops.", "state.", "cpu.",
	"mem.",	 "mmu.",  "crt",      "lib",  "Instr",	"GCDA",
};
static const char *const other_globals[] = {
	"model_", "seam_", "test_", "ops_", "abort_", "mini_", "std", "env", "_",
};

/* What a refusal is meant to change. */
static const char *const counters[] = { "refused", "bad_unmaps", "bad_releases" };

static bool begins(const char *name, const char *const *list, u32 n)
{
	for (u32 i = 0; i < n; i++)
		if (!strncmp(name, list[i], strlen(list[i])))
			return true;
	return false;
}

static bool ends(const char *name, const char *end)
{
	size_t n = strlen(name), m = strlen(end);

	return n >= m && !strcmp(name + n - m, end);
}

static bool is_counter(const char *name)
{
	for (u32 i = 0; i < ARRAY_SIZE(counters); i++)
		if (!strcmp(name, counters[i]))
			return true;
	return false;
}

static int first_base(struct dl_phdr_info *info, size_t size, void *arg)
{
	(void)size;
	*(uintptr_t *)arg = info->dlpi_addr;
	return 1; /* the program itself comes first */
}

static void add(const char *name, const void *at, size_t size)
{
	if (objects == OBJECTS)
		abort();
	object[objects].name = name;
	object[objects].at = at;
	object[objects].size = size;
	object[objects++].copy = malloc(size);
}

/* Of a C file of mm/?  @file: of a local symbol, else NULL. */
static bool in_mm(const char *name, const char *file)
{
	if (!strncmp(name, "__", 2) || strchr(name, '@') || is_counter(name))
		return false;
	if (file)
		return ends(file, ".c") && !begins(file, other_files, ARRAY_SIZE(other_files));
	return !begins(name, other_globals, ARRAY_SIZE(other_globals));
}

static bool is_writable(const ElfW(Shdr) * sections, const ElfW(Sym) * sym)
{
	return sym->st_shndx < SHN_LORESERVE && sections[sym->st_shndx].sh_flags & SHF_WRITE;
}

static void read_symbols(const char *image, const ElfW(Shdr) * sections, const ElfW(Shdr) * table)
{
	const ElfW(Sym) *sym = (const void *)(image + table->sh_offset);
	const char *strings = image + sections[table->sh_link].sh_offset, *file = "";
	uintptr_t base = 0;

	dl_iterate_phdr(first_base, &base);
	for (size_t i = 0; i < table->sh_size / sizeof(*sym); i++) {
		const char *name = strings + sym[i].st_name;
		bool local = ELF32_ST_BIND(sym[i].st_info) == STB_LOCAL;

		if (ELF32_ST_TYPE(sym[i].st_info) == STT_FILE)
			file = name;
		if (ELF32_ST_TYPE(sym[i].st_info) == STT_OBJECT && sym[i].st_size &&
		    is_writable(sections, &sym[i]) && in_mm(name, local ? file : NULL))
			add(name, (const void *)(base + sym[i].st_value), sym[i].st_size);
	}
}

static void find_objects(void)
{
	int fd = open("/proc/self/exe", O_RDONLY);
	struct stat st;
	const char *image;
	const ElfW(Ehdr) * elf;
	const ElfW(Shdr) * sections;

	if (fd < 0 || fstat(fd, &st))
		abort();
	image = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (image == MAP_FAILED)
		abort();
	elf = (const void *)image;
	sections = (const void *)(image + elf->e_shoff);
	for (u32 i = 0; i < elf->e_shnum; i++)
		if (sections[i].sh_type == SHT_SYMTAB)
			read_symbols(image, sections, &sections[i]);
}

/*
 * Byte by byte and unseen by AddressSanitizer: it makes symbols larger than the
 * variables they stand for.
 */
__attribute__((no_sanitize("address"))) static bool copy_or_compare(u32 i, bool compare)
{
	const volatile u8 *at = object[i].at;
	u8 *copy = object[i].copy;

	for (size_t k = 0; k < object[i].size; k++) {
		if (compare && copy[k] != at[k])
			return false;
		copy[k] = at[k];
	}
	return true;
}

void state_take(void)
{
	if (!objects)
		find_objects();
	for (u32 i = 0; i < objects; i++)
		copy_or_compare(i, false);
}

const char *state_changed(void)
{
	for (u32 i = 0; i < objects; i++)
		if (!copy_or_compare(i, true))
			return object[i].name;
	return NULL;
}

bool state_changed_in(const char *name)
{
	for (u32 i = 0; i < objects; i++)
		if (!strcmp(object[i].name, name))
			return !copy_or_compare(i, true);
	fprintf(stderr, "state: there is no variable '%s'\n", name);
	abort();
}

u32 state_bytes(void)
{
	u32 sum = 0;

	for (u32 i = 0; i < objects; i++)
		sum += (u32)object[i].size;
	return sum;
}
