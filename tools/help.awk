# SPDX-License-Identifier: BSD-2-Clause
# tools/help.awk - `make help`: each "target: ... ## what it does" of the
# makefiles, under its "##@ heading".
/^##@ / {
	printf "\n%s\n", substr($0, 5)
	next
}
/^[a-z][a-zA-Z0-9_.-]*:.*## / {
	target = $0
	sub(/:.*/, "", target)
	text = $0
	sub(/.*## /, "", text)
	printf "  %-22s %s\n", target, text
}
