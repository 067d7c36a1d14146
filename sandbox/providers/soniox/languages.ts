/** The languages that the service supports (Soniox docs, Supported languages). */
export const LANGUAGES: ReadonlyArray<{ code: string; name: string }> =
	'af sq ar az eu be bn bs bg ca zh hr cs da nl en et fi fr gl de el gu he hi hu id it ja kn kk ko lv lt mk ms ml mr no fa pl pt pa ro ru sr sk sl es sw sv tl ta te th tr uk ur vi cy'
		.split(' ')
		.map((code) => ({ code, name: new Intl.DisplayNames(['en'], { type: 'language' }).of(code) ?? code }));
