/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * qemu/plugin/main.c - mercator-watch: the rules that QEMU itself forgives,
 * checked on the real binary.
 *
 *   -plugin mercator-watch.so,out=FILE[,from=ADDR][,check=on]
 *
 * from=ADDR: the program begins there; what is found before is only noted.
 * check=on: compare our walks of the tables with QEMU's, too (slower).
 *
 * This file is the part that talks to QEMU: which instructions are looked at,
 * and what the other parts are told about them.  Loads, stores and CP15 are
 * always looked at; every block and every plain load only while something is
 * pending, which a scoreboard entry says.  docs/watch.md has the rules.
 */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <qemu-plugin.h>

#include "watch.h"

QEMU_PLUGIN_EXPORT int qemu_plugin_version = QEMU_PLUGIN_VERSION;

#define CPSR_T (1u << 5)

static GHashTable *insns;          /* struct insn by PC and word */
static GMutex insns_lock;
static GHashTable *registers;      /* by name */
static struct qemu_plugin_register *core[16], *cpsr;
static GByteArray *buffer;
static struct qemu_plugin_scoreboard *score;
static qemu_plugin_u64 closely;    /* something is pending */
static bool is_close, check_walks;
static uint32_t from;              /* where the program begins; 0: at once */
static __thread bool first_core;   /* this thread runs the core we watch */

/* ---- what only QEMU can tell ---- */

static uint32_t read_register(struct qemu_plugin_register *r)
{
    uint32_t value = 0;

    if (!r) {
        return 0;
    }
    g_byte_array_set_size(buffer, 0);
    if (qemu_plugin_read_register(r, buffer) >= 4) {
        memcpy(&value, buffer->data, sizeof(value));
    }
    return value;
}

uint32_t core_register(unsigned n)
{
    return read_register(core[n]);
}

uint32_t core_cpsr(void)
{
    return read_register(cpsr);
}

/* Banked registers: NAME_S is the Secure one, where there is EL3. */
uint32_t system_register(const char *name)
{
    g_autofree char *secure = g_strdup_printf("%s_S", name);
    void *banked = g_hash_table_lookup(registers, secure);
    void *scr = g_hash_table_lookup(registers, "SCR");

    if (banked && scr && !(read_register(scr) & 1)) {
        return read_register(banked);
    }
    return read_register(g_hash_table_lookup(registers, name));
}

bool read_virtual(uint32_t va, void *to, uint32_t bytes)
{
    g_autoptr(GByteArray) data = g_byte_array_new();

    if (!qemu_plugin_read_memory_vaddr(va, data, bytes)) {
        return false;
    }
    memcpy(to, data->data, bytes);
    return true;
}

void watch_closely(void)
{
    bool want = change_any() || context_pending();

    if (want != is_close) {
        is_close = want;
        qemu_plugin_u64_set(closely, 0, want);
    }
}

/* ---- callbacks while the program runs ---- */

/* With check=on: our translation against QEMU's own. */
static void check_walk(qemu_plugin_meminfo_t info, uint64_t va,
                       const struct insn *insn)
{
    struct qemu_plugin_hwaddr *hw = qemu_plugin_get_hwaddr(info, va);
    struct leaf leaf = tables_walk(va);
    uint32_t pa = hw ? qemu_plugin_hwaddr_phys_addr(hw) : 0;

    if (hw && (!leaf.valid || leaf.pa != pa)) {
        report(R0_UNWATCHED, insn->pc, "B3.5", "0x%08x leads to 0x%08x by our "
               "copy of the tables, to 0x%08x by QEMU's walk", (uint32_t)va,
               leaf.valid ? leaf.pa : 0, pa);
    }
}

static void on_plain_load(unsigned int cpu, qemu_plugin_meminfo_t info,
                          uint64_t va, void *data)
{
    const struct insn *insn = data;

    if (cpu || !(is_close || (va & insn->align) || check_walks)) {
        return;
    }
    if (check_walks) {
        check_walk(info, va, insn);
    }
    access_load(&(struct access) {
        .insn = insn, .va = va, .closely = is_close, .info = info,
    });
}

bool access_is_io(const struct access *a)
{
    struct qemu_plugin_hwaddr *hw = qemu_plugin_get_hwaddr(a->info, a->va);

    return hw && qemu_plugin_hwaddr_is_io(hw);
}

uint64_t access_value(const struct access *a)
{
    qemu_plugin_mem_value v = qemu_plugin_mem_get_value(a->info);

    switch (v.type) {
    case QEMU_PLUGIN_MEM_VALUE_U8:
        return v.data.u8;
    case QEMU_PLUGIN_MEM_VALUE_U16:
        return v.data.u16;
    case QEMU_PLUGIN_MEM_VALUE_U32:
        return v.data.u32;
    case QEMU_PLUGIN_MEM_VALUE_U64:
        return v.data.u64;
    default:
        return v.data.u128.low;
    }
}

static void on_access(unsigned int cpu, qemu_plugin_meminfo_t info,
                      uint64_t va, void *data)
{
    struct access a = {
        .insn = data, .va = va, .closely = is_close, .info = info,
        .bytes = 1u << qemu_plugin_mem_size_shift(info),
    };

    if (cpu) {
        return;
    }
    if (check_walks) {
        check_walk(info, va, data);
    }
    if (qemu_plugin_mem_is_store(info)) {
        access_store(&a);
    } else {
        access_load(&a);
    }
}

static void on_system(unsigned int cpu, void *data)
{
    const struct insn *insn = data;

    if (cpu || !condition_passed(insn->word, core_cpsr())) {
        return;
    }
    switch (insn->class) {
    case SYS_MCR:
        context_mcr(insn, core_register(rt_of(insn->word)));
        break;
    case SYS_MRC:
        context_mrc(insn);
        break;
    case SYS_DSB:
        context_dsb();
        break;
    case SYS_DSB_ST:
        change_dsb_st();
        break;
    case SYS_ISB:
    case SYS_RETURN:
        context_isb();
        break;
    case SYS_SVC:
        context_exception(insn->pc, "SVC");
        break;
    case SYS_UNMASK:
        context_exception(insn->pc, "interrupts are unmasked");
        break;
    case SYS_VFP:
        context_vfp(insn->pc);
        break;
    default:
        break;
    }
}

/* What aborted was an access like any other; entry synchronises (B1.8.1). */
static void exception_entry(uint32_t pc, uint32_t vector)
{
    context_exception(pc, "an exception");
    if (vector == 3) {
        change_use(system_register("IFAR"), true, core_register(14),
                   "aborted fetch from");
    } else if (vector == 4) {
        change_use(system_register("DFAR"), false, core_register(14) - 8,
                   "aborted access to");
    }
    context_isb();
}

/* Each block, while something is pending. */
static void on_block(unsigned int cpu, void *data)
{
    uint32_t pc = GPOINTER_TO_UINT(data), vector = pc - context_vectors();

    if (cpu) {
        return;
    }
    if (vector < 32 && vector && !(vector & 3)) {
        exception_entry(pc, vector / 4);
    }
    context_fetch(pc);
    change_use(pc, true, pc, "fetch from");
}

static void on_begin(unsigned int cpu, void *data)
{
    if (!cpu) {
        report_begin();
    }
}

/* ---- translation ---- */

static const struct insn *insn_at(uint32_t pc, uint32_t word, uint32_t bytes,
                                  bool thumb)
{
    uint64_t key = (uint64_t)pc << 32 | word;
    struct insn *insn;

    g_mutex_lock(&insns_lock);
    insn = g_hash_table_lookup(insns, &key);
    if (!insn) {
        uint64_t *k = g_new(uint64_t, 1);

        *k = key;
        insn = g_new0(struct insn, 1);
        if (thumb) {
            decode_thumb(insn, pc, word, bytes);
        } else {
            decode_arm(insn, pc, word);
        }
        g_hash_table_insert(insns, k, insn);
    }
    g_mutex_unlock(&insns_lock);
    return insn;
}

static void watch_insn(struct qemu_plugin_insn *qi, const struct insn *insn)
{
    bool plain = insn->class == MEM_SINGLE || insn->class == MEM_DOUBLE;

    if (insn_is_memory(insn)) {
        if (plain) {
            qemu_plugin_register_vcpu_mem_cb(qi, on_plain_load,
                                             QEMU_PLUGIN_CB_NO_REGS,
                                             QEMU_PLUGIN_MEM_R, (void *)insn);
        }
        qemu_plugin_register_vcpu_mem_cb(qi, on_access, QEMU_PLUGIN_CB_NO_REGS,
                                         plain ? QEMU_PLUGIN_MEM_W :
                                                 QEMU_PLUGIN_MEM_RW,
                                         (void *)insn);
    }
    if (insn->class >= SYS_MCR) {
        qemu_plugin_register_vcpu_insn_exec_cb(qi, on_system,
                                               QEMU_PLUGIN_CB_R_REGS,
                                               (void *)insn);
    }
}

/* The first time that this code is fetched since it was last stored to. */
static void check_fetch(uint32_t va)
{
    struct leaf leaf = tables_walk(va);

    if (!tables_on() || !leaf.valid) {
        return;
    }
    if (leaf.type != MEM_NORMAL) {
        report(R3_DEVICE, va, "A3.5.7", "an instruction fetch from device "
               "memory, physical 0x%08x", leaf.pa);
    }
    cache_fetch(leaf.pa, va);
}

static void on_translate(qemu_plugin_id_t id, struct qemu_plugin_tb *tb)
{
    size_t n = qemu_plugin_tb_n_insns(tb);
    uint32_t start = qemu_plugin_tb_vaddr(tb);
    bool thumb = first_core && (core_cpsr() & CPSR_T);

    qemu_plugin_register_vcpu_tb_exec_cond_cb(tb, on_block,
                                              QEMU_PLUGIN_CB_R_REGS,
                                              QEMU_PLUGIN_COND_NE, closely, 0,
                                              GUINT_TO_POINTER(start));
    if (from && start == from) {
        qemu_plugin_register_vcpu_tb_exec_cb(tb, on_begin,
                                             QEMU_PLUGIN_CB_NO_REGS, NULL);
    }
    for (size_t i = 0; i < n; i++) {
        struct qemu_plugin_insn *qi = qemu_plugin_tb_get_insn(tb, i);
        uint32_t word = 0, va = qemu_plugin_insn_vaddr(qi);

        qemu_plugin_insn_data(qi, &word, sizeof(word));
        if (first_core && (!i || !(va & 31))) {
            check_fetch(va);
        }
        watch_insn(qi, insn_at(va, word, qemu_plugin_insn_size(qi), thumb));
    }
}

/* ---- begin and end ---- */

static void note_register(const qemu_plugin_reg_descriptor *d)
{
    static const char *const names[16] = {
        [13] = "sp", [14] = "lr", [15] = "pc",
    };

    g_hash_table_insert(registers, (char *)d->name, d->handle);
    for (unsigned n = 0; n < 16; n++) {
        g_autofree char *name = names[n] ? g_strdup(names[n]) :
                                           g_strdup_printf("r%u", n);

        if (!strcmp(d->name, name)) {
            core[n] = d->handle;
        }
    }
    if (!strcmp(d->name, "cpsr")) {
        cpsr = d->handle;
    }
}

static void on_core(qemu_plugin_id_t id, unsigned int cpu)
{
    g_autoptr(GArray) all = NULL;

    if (cpu) {
        return;
    }
    first_core = true;
    all = qemu_plugin_get_registers();
    for (guint i = 0; i < all->len; i++) {
        note_register(&g_array_index(all, qemu_plugin_reg_descriptor, i));
    }
}

static void on_end(qemu_plugin_id_t id, void *data)
{
    change_leftovers();
    report_close();
}

static bool take_option(const char *option, const char **out)
{
    g_auto(GStrv) word = g_strsplit(option, "=", 2);

    if (!g_strcmp0(word[0], "out") && word[1]) {
        *out = option + strlen("out=");
        return true;
    }
    if (!g_strcmp0(word[0], "from") && word[1]) {
        from = strtoul(word[1], NULL, 0);
        return from;
    }
    return !g_strcmp0(word[0], "check") && word[1] &&
           qemu_plugin_bool_parse("check", word[1], &check_walks);
}

QEMU_PLUGIN_EXPORT int qemu_plugin_install(qemu_plugin_id_t id,
                                           const qemu_info_t *info, int argc,
                                           char **argv)
{
    const char *out = NULL;

    if (strcmp(info->target_name, "arm")) {
        fprintf(stderr, "mercator-watch: this is qemu-system-%s; it watches "
                "32-bit Arm cores alone\n", info->target_name);
        return -1;
    }
    for (int i = 0; i < argc; i++) {
        if (!take_option(argv[i], &out)) {
            fprintf(stderr, "mercator-watch: '%s' is no option; there are "
                    "out=FILE, from=ADDR and check=on\n", argv[i]);
            return -1;
        }
    }
    insns = g_hash_table_new_full(g_int64_hash, g_int64_equal, g_free, g_free);
    registers = g_hash_table_new(g_str_hash, g_str_equal);
    buffer = g_byte_array_new();
    score = qemu_plugin_scoreboard_new(sizeof(uint64_t));
    closely = qemu_plugin_scoreboard_u64(score);
    report_open(out);
    if (from) {
        report_wait();
    }
    qemu_plugin_register_vcpu_init_cb(id, on_core);
    qemu_plugin_register_vcpu_tb_trans_cb(id, on_translate);
    qemu_plugin_register_atexit_cb(id, on_end, NULL);
    return 0;
}
