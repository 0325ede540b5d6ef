# shellcheck shell=sh disable=SC2154  # dir, log... are of who sources this
# SPDX-License-Identifier: BSD-2-Clause
# tools/private-apt.sh - Debian packages by an apt whose lists and settings are
# all in one folder of build/: the system's are read, never changed.
#
# To be sourced by a script with set -eu that has
#   dir, release       the folder; the release of Debian
#   log                the file that takes apt's own words
#   way_out            what the user can do without the network
#   say WORDS...       a line of progress
#   give_up WHAT WAY   an end

# The mirror this system already uses for Debian itself: asked of apt, or, where
# apt has no package lists yet, read from its settings.
mirror() {
	if [ -n "${DEBIAN_MIRROR:-}" ]; then
		echo "$DEBIAN_MIRROR"
		return
	fi
	# shellcheck disable=SC2016  # apt's own placeholders
	{
		apt-get indextargets --format '$(ORIGIN) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
			awk '$1 == "Debian" && $2 == "main" && $3 ~ /\/debian\/?$/ { print $3 }'
		cat /etc/apt/sources.list /etc/apt/sources.list.d/* 2>/dev/null |
			tr '[:blank:]' '[\n*]' | grep -E '^[a-z]+://.*/debian/?$'
	} | head -n 1
}

private_apt() {
	apt=$dir/apt
	[ ! -e "$apt/ready" ] || return 0
	command -v apt-get >/dev/null || give_up "there is no apt-get here" "$way_out"
	uri=$(mirror)
	[ -n "$uri" ] || give_up "apt names no Debian mirror to take the packages from" \
		"DEBIAN_MIRROR=URL, or $way_out"
	mkdir -p "$apt/parts" "$apt/state/lists/partial" "$apt/cache/archives/partial"
	: >"$apt/state/status"
	cat >"$apt/parts/source.sources" <<-END
		Types: deb deb-src
		URIs: $uri
		Suites: $release
		Components: main
		Signed-By: ${DEBIAN_KEYRING:-/usr/share/keyrings/debian-archive-keyring.gpg}
	END
	cat >"$apt/apt.conf" <<-END
		Dir::State "$apt/state";
		Dir::State::status "$apt/state/status";
		Dir::Cache "$apt/cache";
		Dir::Etc::sourcelist "$apt/none.list";
		Dir::Etc::sourceparts "$apt/parts";
		Dir::Etc::preferencesparts "$apt/parts";
		Acquire::Languages "none";
		APT::Sandbox::User "$(id -un)";
	END
	say "asking Debian's mirror for the packages of $release"
	APT_CONFIG=$apt/apt.conf apt-get update >>"$log" 2>&1 ||
		give_up "the package lists of Debian $release could not be fetched" \
			"check the network (DEBIAN_MIRROR=URL chooses another mirror), or $way_out"
	: >"$apt/ready"
}

# fetch OPTION... : apt-get in DIR/download
fetch() {
	mkdir -p "$dir/download"
	(cd "$dir/download" && APT_CONFIG=$dir/apt/apt.conf apt-get "$@") >>"$log" 2>&1 ||
		give_up "apt-get $* failed" "check the network, or $way_out"
}

# Two builds at once would write the same files: the second one waits.
only_one() {
	command -v flock >/dev/null || return 0
	exec 9>"$dir/lock"
	flock -n 9 || { say "waiting for another build in $dir"; flock 9; }
}
