/** The names Go accepts in `\p{…}`, and their JS property escapes. */

const categories =
  'C Cc Cf Cn Co Cs L Ll Lm Lo Lt Lu M Mc Me Mn N Nd Nl No P Pc Pd Pe Pf Pi Po Ps S Sc Sk Sm So Z Zl Zp Zs';

const longCategories =
  'Casedletter:LC Closepunctuation:Pe Cntrl:Cc Combiningmark:M Connectorpunctuation:Pc Control:Cc Currencysymbol:Sc Dashpunctuation:Pd Decimalnumber:Nd Digit:Nd Enclosingmark:Me Finalpunctuation:Pf Format:Cf Initialpunctuation:Pi Lc:LC Letter:L Letternumber:Nl Lineseparator:Zl Lowercaseletter:Ll Mark:M Mathsymbol:Sm Modifierletter:Lm Modifiersymbol:Sk Nonspacingmark:Mn Number:N Openpunctuation:Ps Other:C Otherletter:Lo Othernumber:No Otherpunctuation:Po Othersymbol:So Paragraphseparator:Zp Privateuse:Co Punct:P Punctuation:P Separator:Z Spaceseparator:Zs Spacingmark:Mc Surrogate:Cs Symbol:S Titlecaseletter:Lt Unassigned:Cn Uppercaseletter:Lu';

/** Scripts of one word; Go 1.26 finds no others. */
const scripts =
  'Adlam Ahom Arabic Armenian Avestan Balinese Bamum Batak Bengali Bhaiksuki Bopomofo Brahmi Braille Buginese Buhid Carian Chakma Cham Cherokee Chorasmian Common Coptic Cuneiform Cypriot Cyrillic Deseret Devanagari Dogra Duployan Elbasan Elymaic Ethiopic Georgian Glagolitic Gothic Grantha Greek Gujarati Gurmukhi Han Hangul Hanunoo Hatran Hebrew Hiragana Inherited Javanese Kaithi Kannada Katakana Kawi Kharoshthi Khmer Khojki Khudawadi Lao Latin Lepcha Limbu Lisu Lycian Lydian Mahajani Makasar Malayalam Mandaic Manichaean Marchen Medefaidrin Miao Modi Mongolian Mro Multani Myanmar Nabataean Nandinagari Newa Nko Nushu Ogham Oriya Osage Osmanya Palmyrene Phoenician Rejang Runic Samaritan Saurashtra Sharada Shavian Siddham Sinhala Sogdian Soyombo Sundanese Syriac Tagalog Tagbanwa Takri Tamil Tangsa Tangut Telugu Thaana Thai Tibetan Tifinagh Tirhuta Toto Ugaritic Vai Vithkuqi Wancho Yezidi Yi';

export interface UnicodeProperty {
  /** What stands in the braces of a JS `\p{…}`. */
  readonly property: string;
  readonly isNegated: boolean;
}

let table: ReadonlyMap<string, UnicodeProperty> | undefined;

function buildTable(): ReadonlyMap<string, UnicodeProperty> {
  const result = new Map<string, UnicodeProperty>([
    ['Any', { property: 'Any', isNegated: false }],
    ['Assigned', { property: 'Cn', isNegated: true }],
    ['Ascii', { property: 'ASCII', isNegated: false }],
  ]);
  for (const name of categories.split(' ')) result.set(name, { property: name, isNegated: false });
  for (const pair of longCategories.split(' ')) {
    const [name = '', property = ''] = pair.split(':');
    result.set(name, { property, isNegated: false });
  }
  for (const name of scripts.split(' ')) result.set(name, { property: `Script=${name}`, isNegated: false });
  return result;
}

/** The property Go means by `name`, which it reads without regard to case, `_`, `-` and blanks. */
export function unicodeProperty(name: string): UnicodeProperty | undefined {
  table ??= buildTable();
  const bare = name.replace(/[_\- ]/g, '');
  const lower = bare.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
  return table.get(lower.replace(/^[a-z]/, (letter) => letter.toUpperCase()));
}
