import type { Bench, Measurement, Section } from '../../bench';
import { measureLists } from './lists';
import { measureRecords } from './record';
import { sectionOf } from './results';

export const growth: Measurement = {
	name: 'growth',
	title: 'What grows with use',
	async measure(bench: Bench): Promise<Section> {
		return sectionOf(await measureRecords(bench), await measureLists(bench));
	},
};
