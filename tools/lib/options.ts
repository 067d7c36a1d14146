/** Parses the value of a command-line option. @throws Error naming the option if it isn't a whole number, or is below `minimum` */
export function wholeNumber(text: string, name: string, minimum: number): number {
	const number = Number(text);
	if (text.trim() === '' || !Number.isSafeInteger(number) || number < minimum) {
		throw new Error(`--${name} must be a whole number of at least ${minimum}, not "${text}"`);
	}
	return number;
}
