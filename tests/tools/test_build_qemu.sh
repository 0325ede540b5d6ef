#!/bin/sh
# SPDX-License-Identifier: BSD-2-Clause
# tests/tools/test_build_qemu.sh - a build of QEMU that fails leaves nothing that make
# would take for its result, and the next one starts where it must.  A few files play
# QEMU's source, a shell script ninja.  Prints TAP.
# shellcheck disable=SC2016,SC2034  # conditions are evaluated by check()
set -u

n=0
dir=$(mktemp -d) || exit 1
trap 'rm -rf "$dir"' EXIT

check() {
	n=$((n + 1))
	if eval "$2"; then
		echo "ok $n - $1"
	else
		echo "not ok $n - $1"
		printf '%s\n' "$2" "$said" | sed 's/^/# /'
	fi
}

# ---- a source tree with the places that build.sh looks for, and its tools ----

src=$dir/source
mkdir -p "$src/hw/arm" "$src/configs" "$dir/bin" "$dir/build/meson/usr/bin"
echo 10.0.9 >"$src/VERSION"
printf '%s\n' 'edk2_targets = []' "  'hw/arm'," >"$src/meson.build"
echo "# boards" >"$src/hw/arm/meson.build"
echo "# boards" >"$src/hw/arm/Kconfig"
cat >"$src/configure" <<'END'
#!/bin/sh
[ ! -e "$REFUSE" ] || { echo "ERROR: some library is missing"; exit 1; }
: >build.ninja
END
# what happens is in the file $HOW
cat >"$dir/bin/ninja" <<'END'
#!/bin/sh
cd "$2" || exit 1
new() { printf '#!/bin/sh\necho %s\n' "$1" >program.new; chmod +x program.new; }
case $(cat "$HOW") in
good*) new "$(cat "$HOW")"; mv -f program.new qemu-system-arm ;;
same) ;;
error) echo "FAILED: libqemu.a.p/boards.c.o"; exit 1 ;;
killed) rm -f qemu-system-arm; printf '#!/bi' >qemu-system-arm; chmod +x qemu-system-arm; kill -9 $$ ;;
esac
END
printf '#!/bin/sh\nexit 0\n' >"$dir/build/meson/usr/bin/meson"
chmod +x "$src/configure" "$dir/bin/ninja" "$dir/build/meson/usr/bin/meson"

# build HOW: status, what was said
build() {
	echo "$1" >"$dir/how"
	said=$(PATH=$dir/bin:$PATH HOW=$dir/how REFUSE=$dir/refuse QEMU_SRC=$src QEMU_CONFIGURE='' \
		sh qemu/s5pv210/build.sh "$dir/build" 2>&1)
	status=$?
}

result=$dir/build/qemu-system-arm
says() { [ "$("$result" 2>&1)" = "$1" ]; }
told() { case $said in *"$1"*) ;; *) false ;; esac }
# what make says, with this file as the source
up_to_date() { printf '%s: %s\n\tfalse\n' "$result" "$dir/edited" | make -q -f - "$result" >/dev/null 2>&1; }
edit() {
	touch -d '-2 hours' "$result"
	touch -d '-1 hour' "$dir/edited"
}

echo 1..17

touch "$dir/refuse"
build good1
check "configure fails: an error" '[ $status -ne 0 ] && told "configure failed"'
check "... and no result" '[ ! -e "$result" ]'
rm "$dir/refuse"
build error
check "the first compilation fails: an error" '[ $status -ne 0 ] && told "did not compile"'
check "... and no result" '[ ! -e "$result" ]'
build killed
check "the first link is killed: an error" '[ $status -ne 0 ]'
check "... and no result" '[ ! -e "$result" ]'
build good2
check "then it works" '[ $status -eq 0 ] && says good2'

edit
build error
check "a later compilation fails: an error" '[ $status -ne 0 ]'
check "... the program before it is whole" 'says good2'
check "... and make sees that it is old" '! up_to_date'
build killed
check "a later link is killed: an error" '[ $status -ne 0 ]'
check "... the program before it is whole" 'says good2'
check "... and make sees that it is old" '! up_to_date'
build good3
check "then it works" '[ $status -eq 0 ] && says good3 && up_to_date'
touch "$dir/edited"
build same
check "nothing to compile: as new as the sources all the same" '[ $status -eq 0 ] && says good3 && up_to_date'
echo 9.2.0 >"$src/VERSION"
rm "$dir/build/have-source"
build good4
check "another version of QEMU is refused" '[ $status -ne 0 ] && told "10.0"'
check "... and the program that was there stays" 'says good3'
