'use strict';

/** Preloaded into n8n with `node -r`. Sets its clock ahead, so that grace periods end without waiting. */
const AHEAD_MS = Number(process.env.FAULTS_CLOCK_AHEAD_MS ?? 0);
const TrueDate = Date;

globalThis.Date = class Date extends TrueDate {
	constructor(...parts) {
		if (parts.length === 0) super(TrueDate.now() + AHEAD_MS);
		else super(...parts);
	}

	static now() {
		return TrueDate.now() + AHEAD_MS;
	}
};
