/** What every measurement is made of. */

/** One thing that is measured beside what a user would pick instead, and beside what is physically possible. */
export interface Measurement {
	/** By which the command line chooses it. */
	name: string;
	title: string;
	measure(bench: Bench): Promise<Section>;
}

/** What a measurement is told. */
export interface Bench {
	/** Fewer runs and smaller sizes: shows that everything works, not how fast it is. */
	quick: boolean;
	/** The package as npm would publish it. */
	tarball: string;
	say(line: string): void;
}

/** What a measurement found. */
export interface Section {
	/** How it was measured, as Markdown. */
	introduction: string;
	/** Its lines of the table that shows everything at a glance. */
	comparisons: Comparison[];
	/** Everything else that was measured. */
	tables?: Table[];
	/** What the figures mean, and why a target was missed, as Markdown. */
	notes?: string[];
}

/** Something of ours beside something else. */
export interface Comparison {
	what: string;
	ours: Figure;
	/** What ours is compared with, and what that took; left out where the target is a number. */
	beside?: { name: string; figure: Figure };
	/** As the table says it: `at least 0.9`. */
	target?: string;
	/** Left out where there is no target. */
	met?: boolean;
}

/** The same thing measured several times. The median counts. */
export interface Figure {
	values: readonly number[];
	unit: string;
	/** The mean counts, for what differs by nature, such as a delay that depends on when one comes. */
	onAverage?: boolean;
}

/** A table of the report; all columns but the first are numbers. */
export interface Table {
	title?: string;
	header: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}
