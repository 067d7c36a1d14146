import { tokenHundredths } from '../../../../nodes/Transcription/transcript/segments/languageModelTokens';

/** Article 1 of the Universal Declaration of Human Rights, with the number of tokens that js-tiktoken counts (cl100k_base). */
const COUNTED: ReadonlyArray<readonly [language: string, tokens: number, text: string]> = [
	[
		'English',
		33,
		'All human beings are born free and equal in dignity and rights. They are endowed with reason and conscience and should act towards one another in a spirit of brotherhood.',
	],
	[
		'German',
		44,
		'Alle Menschen sind frei und gleich an Würde und Rechten geboren. Sie sind mit Vernunft und Gewissen begabt und sollen einander im Geist der Brüderlichkeit begegnen.',
	],
	[
		'French',
		50,
		'Tous les êtres humains naissent libres et égaux en dignité et en droits. Ils sont doués de raison et de conscience et doivent agir les uns envers les autres dans un esprit de fraternité.',
	],
	[
		'Spanish',
		44,
		'Todos los seres humanos nacen libres e iguales en dignidad y derechos y, dotados como están de razón y conciencia, deben comportarse fraternalmente los unos con los otros.',
	],
	[
		'Polish',
		64,
		'Wszyscy ludzie rodzą się wolni i równi pod względem swej godności i swych praw. Są oni obdarzeni rozumem i sumieniem i powinni postępować wobec innych w duchu braterstwa.',
	],
	[
		'Russian',
		74,
		'Все люди рождаются свободными и равными в своем достоинстве и правах. Они наделены разумом и совестью и должны поступать в отношении друг друга в духе братства.',
	],
	[
		'Greek',
		172,
		'Όλοι οι άνθρωποι γεννιούνται ελεύθεροι και ίσοι στην αξιοπρέπεια και τα δικαιώματα. Είναι προικισμένοι με λογική και συνείδηση, και οφείλουν να συμπεριφέρονται μεταξύ τους με πνεύμα αδελφοσύνης.',
	],
	[
		'Arabic',
		88,
		'يولد جميع الناس أحرارًا متساوين في الكرامة والحقوق. وقد وهبوا عقلاً وضميرًا وعليهم أن يعامل بعضهم بعضًا بروح الإخاء.',
	],
	[
		'Hebrew',
		127,
		'כל בני אדם נולדו בני חורין ושווים בערכם ובזכויותיהם. כולם חוננו בתבונה ובמצפון, לפיכך חובה עליהם לנהוג איש ברעהו ברוח של אחוה.',
	],
	[
		'Hindi',
		182,
		'सभी मनुष्यों को गौरव और अधिकारों के मामले में जन्मजात स्वतन्त्रता और समानता प्राप्त है । उन्हें बुद्धि और अन्तरात्मा की देन प्राप्त है और परस्पर उन्हें भाईचारे के भाव से बर्ताव करना चाहिए ।',
	],
	[
		'Tamil',
		330,
		'மனிதப் பிறிவியினர் சகலரும் சுதந்திரமாகவே பிறக்கின்றனர்; அவர்கள் மதிப்பிலும், உரிமைகளிலும் சமமானவர்கள், அவர்கள் நியாயத்தையும் மனச்சாட்சியையும் இயற்பண்பாகப் பெற்றவர்கள். அவர்கள் ஒருவருடனொருவர் சகோதர உணர்வுப் பாங்கில் நடந்துகொள்ளல் வேண்டும்.',
	],
	['Chinese', 52, '人人生而自由,在尊严和权利上一律平等。他们赋有理性和良心,并应以兄弟关系的精神相对待。'],
	[
		'Japanese',
		93,
		'すべての人間は、生まれながらにして自由であり、かつ、尊厳と権利とについて平等である。人間は、理性と良心とを授けられており、互いに同胞の精神をもって行動しなければならない。',
	],
	[
		'Korean',
		85,
		'모든 인간은 태어날 때부터 자유로우며 그 존엄과 권리에 있어 동등하다. 인간은 천부적으로 이성과 양심을 부여받았으며 서로 형제애의 정신으로 행동하여야 한다.',
	],
	[
		'Vietnamese',
		134,
		'Tất cả mọi người sinh ra đều được tự do và bình đẳng về nhân phẩm và quyền. Mọi con người đều được tạo hoá ban cho lý trí và lương tâm và cần phải đối xử với nhau trong tình bằng hữu.',
	],
];

const estimate = (text: string) => tokenHundredths(text) / 100;

describe('The estimated number of tokens', () => {
	it.each(COUNTED)('is close to the real one in %s', (_language, tokens, text) => {
		expect(estimate(text) / tokens).toBeGreaterThan(0.75);
		expect(estimate(text) / tokens).toBeLessThan(1.55);
	});

	it('is within a quarter of the real one for all languages together', () => {
		const ratios = COUNTED.map(([, tokens, text]) => estimate(text) / tokens);
		const mean = ratios.reduce((sum, ratio) => sum + ratio, 0) / ratios.length;
		expect(mean).toBeGreaterThan(0.9);
		expect(mean).toBeLessThan(1.25);
	});

	it('is the sum of the estimates for all parts', () => {
		for (const [, , text] of COUNTED) {
			const parts = text.split(/(?<= )/);
			expect(parts.reduce((sum, part) => sum + tokenHundredths(part), 0)).toBe(tokenHundredths(text));
		}
	});
});
