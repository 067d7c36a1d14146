import { LANGUAGES as assemblyAi } from '../../../../nodes/Transcription/providers/assemblyAi/constants';
import { LANGUAGES as elevenLabs } from '../../../../nodes/Transcription/providers/elevenLabs/constants';
import { LANGUAGES as gladia } from '../../../../nodes/Transcription/providers/gladia/constants';
import { LANGUAGES as instantTranscriber } from '../../../../nodes/Transcription/providers/instantTranscriber/constants';
import { languageName } from '../../../../nodes/Transcription/providers/common/languageName';
import { LANGUAGES as revAi } from '../../../../nodes/Transcription/providers/revAi/constants';
import { LANGUAGES as soniox } from '../../../../nodes/Transcription/providers/soniox/constants';
import { LANGUAGES as speechmatics } from '../../../../nodes/Transcription/providers/speechmatics/constants';

const menus = { assemblyAi, elevenLabs, gladia, instantTranscriber, revAi, soniox, speechmatics };

it.each(Object.entries(menus))('returns the name of every language in the menu of %s', (_provider, languages) => {
	// Unlike names, tags start with a lowercase letter.
	expect(languages.filter(({ name }) => !/^\p{Lu}/u.test(name))).toEqual([]);
});

it('returns the tag of an unknown language', () => {
	expect(languageName('tlh')).toBe('tlh');
});
