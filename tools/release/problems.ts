/** The parts of a release that have to be consistent. */
interface Release {
	/** The git tag, e.g. `v0.1.0`. */
	tag: string;
	/** The version in package.json. */
	version: string;
	/** The content of CHANGELOG.md. */
	changelog: string;
}

/** Returns a version's section in a changelog, without its heading. @returns undefined if there is none */
export function sectionOf(changelog: string, version: string): string | undefined {
	const [, ...sections] = changelog.split(/^## /m);
	const section = sections.find((text) => headingOf(text).split(' ')[0] === version);
	return section?.slice(headingOf(section).length).trim();
}

const headingOf = (section: string) => section.split('\n')[0] ?? '';

/** Returns the problems that prevent a version from being published. */
export function problemsOf({ tag, version, changelog }: Release): string[] {
	const problems: string[] = [];
	if (tag !== `v${version}`)
		problems.push(`The tag is ${tag}, but package.json has the version ${version}: the tag must be v${version}`);
	const [, ...sections] = changelog.split(/^## /m);
	const heading = sections.map(headingOf).find((text) => text.split(' ')[0] === version);
	if (heading === undefined) problems.push(`CHANGELOG.md has no section “## ${version} - <date>”`);
	else if (!/ - \d{4}-\d{2}-\d{2}$/.test(heading))
		problems.push(`In CHANGELOG.md “## ${heading}” has no date: it must be “## ${version} - 2026-01-31”`);
	if (heading !== undefined && !sectionOf(changelog, version))
		problems.push(`The section ${version} of CHANGELOG.md is empty`);
	if (sections.map(headingOf)[0] !== 'Unreleased') problems.push("CHANGELOG.md doesn't begin with “## Unreleased”");
	else if (sectionOf(changelog, 'Unreleased')) problems.push('CHANGELOG.md still has entries under “Unreleased”');
	return problems;
}
