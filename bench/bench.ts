/** Compares this package with one alternative or with a physical limit. */
export interface Measurement {
	/** Name on the command line. */
	name: string;
	title: string;
	measure(bench: Bench): Promise<Section>;
}

/** Input of a measurement. */
export interface Bench {
	/** Whether to do fewer, smaller runs. They show that everything works, but not how fast it is. */
	quick: boolean;
	/** Path of the packed package. */
	tarball: string;
	say(line: string): void;
}

/** Results of a measurement. */
export interface Section {
	/** How it was measured, as Markdown. */
	introduction: string;
	/** Rows of the summary table. */
	comparisons: Comparison[];
	/** Detailed results. */
	tables?: Table[];
	/** Explanations of the figures and of missed targets, as Markdown. */
	notes?: string[];
}

/** Our figure and the one it is compared with. */
export interface Comparison {
	label: string;
	ours: Figure;
	/** If omitted, the target is an absolute number. */
	baseline?: { name: string; figure: Figure };
	/** As shown in the table: `at least 0.9`. */
	target?: string;
	/** Whether the target was met, if there is one. */
	met?: boolean;
	/** What is physically possible, if the target may be out of reach. A missed target is then judged by the floor. */
	floor?: Floor;
	/** What matters about the figure, in a few words. Only comparisons with a headline are in the summary. */
	headline?: string;
}

/** The best figure that is possible without the work that the package adds. */
export interface Floor {
	name: string;
	figure: Figure;
	/** As shown in the report: `at least 0.9`. */
	target: string;
	/** Whether our figure meets the target relative to the floor. */
	met: boolean;
}

/** The same quantity measured several times. */
export interface Figure {
	values: readonly number[];
	unit: string;
	/** Whether to compare the mean instead of the median, e.g. for delays that vary by nature. */
	useMean?: boolean;
}

/** A table of the report. All columns but the first contain numbers. */
export interface Table {
	title?: string;
	header: readonly string[];
	rows: ReadonlyArray<readonly string[]>;
}
