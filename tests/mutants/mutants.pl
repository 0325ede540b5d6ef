#!/usr/bin/perl
# SPDX-License-Identifier: BSD-2-Clause
# tests/mutants/mutants.pl - do the tests notice when the code is wrong?
#
# usage: mutants.pl --cc 'COMPILER FLAGS' --host DIR --out DIR [options] FILE...
#
#   --jobs N         mutants at a time
#   --strict 'FLAGS' the tests in --strict-host DIR were compiled with these sanitizers:
#                    they judge bounds that the others let live
#   --sample N       this many, chosen by --seed S, in place of all
#   --class C        of this class alone (see Mutate.pm)
#   --match RE       of those whose FILE:LINE: or new line matches
#   --again          judge those that survived in DIR/results.tsv again
#   --survivors F    the survivors that are argued for
#   --list           print the mutants, run nothing
#   --apply ID       print the text of one mutant's file
#
# Each mutant of FILE... (Mutate.pm makes them) is compiled into the objects
# that need it and linked with each unit test in turn, until one fails.  What
# compiles to the same code is no mutant.  What the tests let live is a
# survivor: an error, unless --survivors has it with a reason; what is there
# and dies is an error, too.  A mutant of the class "maintenance" counts as
# dead only if the model of the machine says what rule was broken.
#
# DIR/results.tsv has a line for each: where, what, who killed it, and how.  A
# run that was cut goes on where it ended.  A verdict holds as long as the code
# and the tests that it rests on are the same: the one test that killed, or all
# of them.  After a change, the test that killed last time is tried first.
use strict;
use warnings;
use Digest::SHA 'sha1_hex';
use File::Path qw(make_path remove_tree);
use FindBin;
use Getopt::Long;
use lib $FindBin::Bin, "$FindBin::Bin/../../tools";
use Argued 'argued';
use Counts qw(tree_sum note);
use Mutate 'mutants';

my %o = (jobs => 1, seed => 1, out => 'build/mutants', host => 'build/host/plain', cc => 'gcc');
GetOptions(\%o, 'cc=s', 'host=s', 'out=s', 'jobs=i', 'sample=i', 'seed=i', 'class=s', 'match=s',
	'strict=s', 'strict-host=s', 'again', 'survivors=s', 'list', 'apply=s', 'quiet') or exit 2;
my @files = @ARGV or die "mutants.pl: no files\n";

# Quickest first; a test that the mutant is not linked with is passed over.  The
# parts of test_maintenance that drop operations by themselves come last.
my @tests = map { "test_$_" } qw(early_cache bitmap lowmem log io pgtable iotable resource check
		boot_early verify ioremap maintenance alloc_failure fault plan set_memory walk random);
my %args = (test_maintenance => 'well', test_random => '1 25000');

my %text = map { $_ => slurp($_) } @files;
my @all = map { mutants($_, $text{$_}) } @files;
name_them(\@all);

if ($o{list}) {
	print join("\t", @$_{qw(id class op file line func change)}), "\n" for chosen(@all);
	exit 0;
}
if (defined $o{apply}) {
	my ($m) = grep { $_->{id} eq $o{apply} } @all or die "mutants.pl: no mutant $o{apply}\n";
	print mutated($m);
	exit 0;
}

my %argued = $o{survivors} ? argued($o{survivors}) : ();
make_path($o{out});
my $tree = tree_sum();
my $world = sum_of(glob('mm/*.[ch] mm/*/*.h boot/*.[ch] tests/model/*.[ch] tests/unit/*.h'),
	grep({ !m,/test_, } glob('tests/unit/*.c')),
	'tests/mutants/mutants.pl', 'tests/mutants/Mutate.pm');
my %sum = map { $_ => sum_of("tests/unit/$_.c") } @tests;
my %before = results_before();
my %known = map { $_ => $before{$_} } grep { still_holds($before{$_}) } keys %before;
my @todo = chosen(@all);
my (%members, %objects_of, %limit);
survey();
run_all();
exit report();

# ---- which ----

sub slurp {
	my ($path) = @_;
	local $/;
	open my $f, '<', $path or die "mutants.pl: $path: $!\n";
	return scalar <$f>;
}

# An id says what is changed, not where it stands: lines above may come and go.
sub name_them {
	my ($list) = @_;
	my %n;

	for my $m (@$list) {
		my $key = join "\0", @$m{qw(file func from to)};
		my $nth = ++$n{$key};

		$m->{change} = "$m->{from} => $m->{to}" . ($nth > 1 ? " ($nth)" : '');
		$m->{id} = substr sha1_hex("$key\0$nth"), 0, 10;
	}
}

sub chosen {
	my @m = @_;

	@m = grep { $_->{class} eq $o{class} } @m if $o{class};
	@m = grep { "$_->{file}:$_->{line}: $_->{change}" =~ /$o{match}/ } @m if defined $o{match};
	@m = grep { ($known{ $_->{id} } // { status => '' })->{status} =~ /^(?:survived|silent)/ } @m if $o{again};
	if ($o{sample} && $o{sample} < @m) {
		my %key = map { $_->{id} => sha1_hex("$o{seed} $_->{id}") } @m;
		@m = (sort { $key{ $a->{id} } cmp $key{ $b->{id} } } @m)[0 .. $o{sample} - 1];
		printf "mutants: a sample, SEED=%d; all: make mutants\n", $o{seed};
	}
	return @m;
}

sub mutated {
	my ($m) = @_;
	my $s = $text{ $m->{file} };

	substr($s, $m->{at}, $m->{len}) = $m->{with};
	return $s;
}

# ---- what was found out before ----

# Of files and their names, which do not say where the tree stands, and of the
# compiler's flags: anything that could change a verdict.
sub sum_of {
	my $sum = Digest::SHA->new(1);

	$sum->add($o{cc}, $o{strict} // '');
	$sum->add($_, slurp($_)) for sort @_;
	return $sum->hexdigest;
}

# What a verdict rests on besides the world: the test that killed, all of them, or none.
sub rests_on {
	my ($r) = @_;

	return 'compiler' if $r->{status} =~ /^(?:same code|does not compile)$/;
	return substr $r->{status} eq 'killed' ? $sum{ $r->{by} } // '' : sha1_hex(@sum{@tests}), 0, 10;
}

sub still_holds {
	my ($r) = @_;
	return $o{again} || ($r->{world} eq substr($world, 0, 10) && $r->{tests} eq rests_on($r));
}

my @columns;
sub results_before {
	my (%r, %is);

	@columns = qw(id class op file line func change status by world tests message);
	$is{ $_->{id} } = 1 for @all;
	open my $f, '<', "$o{out}/results.tsv" or return ();
	while (<$f>) {
		chomp;
		my %m;
		@m{@columns} = split /\t/, $_, -1;
		$r{ $m{id} } = \%m if defined $m{message} && $is{ $m{id} };
	}
	return %r;
}

sub save {
	my %results = (%before, %known); # what holds no more still says what to try first

	open my $f, '>', "$o{out}/results.tsv.new" or die "mutants.pl: $o{out}: $!\n";
	print $f join("\t", @{ $results{$_} }{@columns}), "\n" for sort keys %results;
	close $f;
	rename "$o{out}/results.tsv.new", "$o{out}/results.tsv";
}

# ---- what each test is made of ----

sub survey {
	for my $d (glob("$o{host}/mm/*.d $o{host}/boot/*.d $o{host}/tests/*/*.d")) {
		my ($deps) = slurp($d) =~ /^(?:[^:]*):((?:[^\n\\]|\\.|\\\n)*)/s or next;
		(my $object = $d) =~ s/\.d$/.o/;
		push @{ $objects_of{$_} }, $object for grep { /\.[ch]$/ } split /[\s\\]+/, $deps;
	}
	for my $name (@tests) {
		next if !-e "$o{host}/$name";
		my $trace = `$o{cc} -Wl,--gc-sections -Wl,-t -Wl,-t $o{host}/tests/unit/$name.o $o{host}/mm.a -lcmocka -o $o{out}/survey 2>&1`;
		$members{$name}{$_} = 1 for $trace =~ m{\.a\)(\w+\.o)$}mg;
		$members{$name}{"$name.o"} = 1;
	}
	for my $name (sort keys %members) {
		my $before = (times)[2];
		my $message = run_test("$o{host}/$name", $name, 60, "$o{out}/said");
		$limit{$name} = 2 + int 5 * ((times)[2] - $before);
		next if !defined $message;
		die "mutants.pl: $name fails without any mutant: $message\n";
	}
	die "mutants.pl: the linker does not tell which objects it takes (-t -t)\n"
		if %members && !grep { keys %$_ > 1 } values %members;
	die "mutants.pl: no unit tests under $o{host}: make mutants builds them\n" if !%members;
}

sub base {
	my ($path) = @_;
	$path =~ s,.*/,,;
	return $path;
}

# ---- run ----

sub run_all {
	my %running;
	my ($begun, $said) = (0, 0);
	# maintenance first, the rest in no order: what is done of it stands for all
	my @left = sort { ($b->{class} eq 'maintenance') <=> ($a->{class} eq 'maintenance') ||
		$a->{id} cmp $b->{id} } grep { !$known{ $_->{id} } || $o{again} } @todo;
	my $n = @left;
	my $kept = @todo - $n;

	printf "mutants: %d of %d are known from before\n", $kept, scalar @todo if $kept;
	$| = 1;
	remove_tree("$o{out}/base");
	mkdir "$o{out}/base";
	my @free = 1 .. $o{jobs};
	while (@left || %running) {
		while (@left && @free) {
			my $m = shift @left;
			my $slot = shift @free;
			my $pid = fork // die "mutants.pl: fork: $!\n";
			if (!$pid) {
				judge($m, "$o{out}/w$slot");
				exit 0;
			}
			$running{$pid} = [ $m, $slot ];
		}
		my $pid = wait;
		last if $pid < 0;
		my ($m, $slot) = @{ delete $running{$pid} };
		push @free, $slot;
		$known{ $m->{id} } = verdict($m, "$o{out}/w$slot");
		$begun++;
		progress($begun, $n, \$said);
	}
	save();
}

sub progress {
	my ($at, $of, $said) = @_;

	return if time - $$said < 5 && $at < $of;
	$$said = time;
	my %n;
	$n{ $known{ $_->{id} }{status} // '' }++ for grep { $known{ $_->{id} } } @todo;
	printf "  MUTANTS %d of %d: %d killed, %d survived\n", $at, $of, $n{killed} // 0,
		($n{survived} // 0) + ($n{silent} // 0);
	save();
}

sub verdict {
	my ($m, $dir) = @_;
	my %r = map { $_ => $m->{$_} } @columns[0 .. 5];
	my ($status, $by, $message) = split /\t/, (-e "$dir/verdict" ? slurp("$dir/verdict") : ''), -1;

	$r{change} = $m->{change};
	@r{qw(status by message)} = ($status || 'error', $by // '', $message // '');
	@r{qw(world tests)} = (substr($world, 0, 10), rests_on(\%r));
	s/[\t\n]/ /g for values %r;
	return \%r;
}

sub say_verdict {
	my ($dir, @words) = @_;
	open my $f, '>', "$dir/verdict" or die;
	print $f join("\t", @words);
}

# The changed file, in its place below $dir.
sub put_into {
	my ($m, $dir) = @_;

	(my $folder = "$dir/$m->{file}") =~ s,/[^/]*$,,;
	make_path($folder);
	open my $f, '>', "$dir/$m->{file}" or die "mutants.pl: $dir/$m->{file}: $!\n";
	print $f mutated($m);
	close $f;
}

# In a child: its verdict goes to $dir/verdict.
sub judge {
	my ($m, $dir) = @_;
	my @objects;

	# The first case that fails ends a program, except where the model is to say which
	# rule was broken: it does that at the end.
	$ENV{CMOCKA_TEST_ABORT} = $m->{class} ne 'maintenance';
	remove_tree($dir);
	put_into($m, $dir);
	for my $object (@{ $objects_of{ $m->{file} } // [] }) {
		compile($m, $dir, source_of($object), '-O0', "$dir/" . base($object))
			or return say_verdict($dir, 'does not compile', '', '');
		push @objects, "$dir/" . base($object);
	}
	my $silent;
	for my $name (order_for($m)) {
		next if !grep { $members{$name}{ base($_) } } @objects;
		my $message = fails($dir, $name, $o{host}, '', @objects) // next;
		return say_verdict($dir, 'killed', $name, $message)
			if $m->{class} ne 'maintenance' || $message =~ /model: /;
		$silent //= "$name: $message";
	}
	return say_verdict($dir, 'silent', '', $silent) if $silent;
	return say_verdict($dir, 'same code', '', '') if same_code($m, $dir);
	say_verdict($dir, killed_strictly($m, "$dir/strict"));
}

# What reads past an array and gets away with it.
sub killed_strictly {
	my ($m, $dir) = @_;
	my @objects;

	return ('survived', '', '') if !$o{strict} || $m->{class} ne 'bound' || $argued{ key_of($m) };
	put_into($m, $dir);
	for my $object (@{ $objects_of{ $m->{file} } // [] }) {
		push @objects, "$dir/" . base($object);
		compile($m, $dir, source_of($object), "-O1 $o{strict}", $objects[-1]) or return 'error';
	}
	for my $name (order_for($m)) {
		next if !grep { $members{$name}{ base($_) } } @objects;
		my $message = fails($dir, $name, $o{'strict-host'}, $o{strict}, @objects) // next;
		return ('killed', $name, "sanitizers: $message");
	}
	return ('survived', '', '');
}

sub source_of {
	my ($object) = @_;
	return ($object =~ m,^\Q$o{host}\E/(.*)\.o$,)[0] . '.c';
}

# The compiler's own word that nothing has changed.
sub same_code {
	my ($m, $dir) = @_;

	for my $object (@{ $objects_of{ $m->{file} } // [] }) {
		my $source = source_of($object);
		my ($then, $now) = ("$o{out}/base/" . base($object), "$dir/O2.o");

		if (!-e $then) {
			system("$o{cc} -g0 -w -O2 -c $source -o $then.$$") and die "$source\n";
			rename "$then.$$", $then;
		}
		compile($m, $dir, $source, '-O2', $now) or return 0;
		system("cmp -s $then $now") and return 0;
	}
	return 1;
}

# What killed it before, then the test of the file's own name.
sub order_for {
	my ($m) = @_;
	my $last = $before{ $m->{id} }{by} // '';
	my ($own) = base($m->{file}) =~ /^(\w+?)(?:_priv|_early|_query|_show)?\.[ch]$/;
	my %like = (window => 'ioremap', memtype => 'ioremap', protect => 'set_memory',
		suggest => 'check', static_rows => 'iotable');

	$own = $like{$own} // $own;
	return sort { ($b eq $last) <=> ($a eq $last) || ($b eq "test_$own") <=> ($a eq "test_$own") }
		grep { $members{$_} } @tests;
}

# $source with the mutant in place of the file it changes.
sub compile {
	my ($m, $dir, $source, $flags, $out) = @_;
	my $from = $source eq $m->{file} ? "$dir/$source" : $source;

	return !system("$o{cc} -g0 -w $flags -iquote $dir -c $from -o $out 2>/dev/null");
}

# How the test fails with these objects, or undef.
sub fails {
	my ($dir, $name, $host, $flags, @objects) = @_;
	my ($own) = grep { base($_) eq "$name.o" } @objects;
	my @others = grep { base($_) !~ /^test_/ } @objects;
	my $main = $own // "$host/tests/unit/$name.o";

	# other tests' objects are of no use here; what this one does not need is left out
	@others = grep { $members{$name}{ base($_) } } @others;
	system("$o{cc} $flags -Wl,--gc-sections $main @others $host/mm.a -lcmocka -o $dir/t 2>$dir/ld")
		and return 'is not linked: ' . slurp("$dir/ld") =~ s/\s+/ /gr;
	# shadow memory is terabytes of addresses
	return $flags ? run_test("$dir/t", $name, 10 * $limit{$name}, "$dir/said", 'unlimited')
		: run_test("$dir/t", $name, $limit{$name}, "$dir/said");
}

# Seconds are of processor time, so a busy machine changes nothing.
sub run_test {
	my ($program, $name, $limit, $log, $memory) = @_;
	my $args = $args{$name} // '';

	system("{ ulimit -t $limit; ulimit -v " . ($memory // 4000000) . "; ulimit -f 4000; ulimit -c 0; " .
		"exec $program $args; } >$log 2>&1");
	my $status = $?;
	return undef if !$status;
	my $said = slurp($log);
	my ($error) = $said =~ /^(?:\[  ERROR   \] --- )?([^\[\n].*)\n\[   LINE   \]/m;
	my ($where) = $said =~ m,^\[   LINE   \] --- (\S+:\d+): error,m;
	my ($model) = $said =~ /(model: .*?)$/m;
	my ($sanitizer) = $said =~ /((?:runtime error|ERROR: AddressSanitizer): .*?)$/m;
	my ($case) = ($said =~ /^\[  FAILED  \] (\w+)$/mg, reverse $said =~ /^\[ RUN      \] (\w+)$/mg);
	my $signal = $status > 0xff ? ($status >> 8) - 128 : $status & 127;
	my %died = (6 => 'aborted', 8 => 'divided by zero', 9 => "ran for $limit s of CPU",
		11 => 'segmentation fault', 24 => "ran for $limit s of CPU", 25 => 'never stopped talking');

	return join ' | ', grep { defined && length } $case, $where, $error,
		$signal > 0 && !$where ? $died{$signal} // "signal $signal" : undef, $sanitizer, $model;
}

# ---- what it comes to ----

# As the list of those that are argued for has it.
sub key_of {
	my ($m) = @_;
	return "$m->{file} $m->{func} | $m->{change}";
}

sub report {
	my (%n, %listed, @bad);
	my @classes = qw(maintenance attribute bound logic statement);
	my $whole = !$o{sample} && !$o{class} && !defined $o{match} && !$o{again};

	for my $m (@todo) {
		my $r = $known{ $m->{id} } or next;
		my $key = key_of($r);
		my $status = $r->{status};
		$listed{$key} = 1;
		if ($status eq 'survived' && exists $argued{$key}) {
			$status = 'argued';
		} elsif ($status eq 'killed' && exists $argued{$key}) {
			push @bad, "$o{survivors} says that this survives, but $r->{by} killed it: $key";
		} elsif ($status eq 'survived' || $status eq 'error') {
			push @bad, "$r->{file}:$r->{line}: $r->{func}: $status: $r->{change}";
		} elsif ($status eq 'silent') {
			push @bad, "$r->{file}:$r->{line}: $r->{func}: $r->{change}: killed, but the " .
				"model names no rule: $r->{message}";
		}
		$n{$r->{class}}{$status}++;
		$n{all}{$status}++;
	}
	if ($whole) {
		push @bad, map { "$o{survivors}: there is no such mutant any more: $_" }
			grep { !$listed{$_} } sort keys %argued;
	}
	print "$_\n" for @bad;
	printf "%-12s %8s %8s %8s %8s %9s %9s\n", 'class', 'mutants', 'killed', 'argued', 'survived', 'per cent', 'not one';
	my $low = 0;
	for my $c (@classes, 'all') {
		my %k = %{ $n{$c} // next };
		$_ //= 0 for @k{qw(killed argued survived silent error), 'same code', 'does not compile'};
		my $mutants = $k{killed} + $k{argued} + $k{survived} + $k{silent} + $k{error};
		my $percent = $mutants ? 100 * $k{killed} / $mutants : 100;
		printf "%-12s %8d %8d %8d %8d %8.1f%% %9d\n", $c, $mutants, $k{killed}, $k{argued},
			$k{survived} + $k{silent} + $k{error}, $percent, $k{'same code'} + $k{'does not compile'};
		$low = 1 if $c eq 'maintenance' && $k{killed} + $k{argued} < $mutants;
		$low = 1 if $c eq 'all' && $percent < 95 && $whole;
	}
	print "(not one: the same code, or none at all)\n";
	take_note($whole, $n{all} // {}, scalar @bad) if $whole || $o{sample};
	return @bad || $low ? 1 : 0;
}

# For `make counts`.
sub take_note {
	my ($whole, $k, $bad) = @_;
	my $mutants = 0;

	$mutants += $k->{$_} // 0 for qw(killed argued survived silent error);
	note($whole ? 'mutants' : 'mutants-sample', $tree, sprintf '%s%d mutants of the mapping core: ' .
		'%d killed, %d argued for%s', $whole ? '' : "a sample, SEED=$o{seed}: ", $mutants,
		$k->{killed} // 0, $k->{argued} // 0, $bad ? "; $bad to be mended" : '');
}
