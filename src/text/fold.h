#pragma once

#include <string>
#include <string_view>

namespace hoopoe::text {

// The form in which tags and searched words are compared, never shown. Two texts that people would call the
// same word fold to the same bytes, and folding twice is folding once. Any bytes are taken; broken ones as
// U+FFFD.
//
// - Unicode NFKC with full case folding: ＡＢＣ, abc and ABC; ß and ss; ﻻ and لا.
// - What is ignored by default goes: ZWNJ and ZWJ (می‌شود, میشود), variation selectors, bidi
// controls, soft hyphens.
// - Letters that Arabic and Persian keyboards write apart become the Persian ones: ي ى ۍ ې and ئ to ی; ك ڪ to
// ک;
//   ة ۀ ہ ۃ ۂ ھ ە to ه; أ إ آ ٱ to ا; ؤ to و. A bare hamza stays a letter.
// - Harakat, Quranic marks, a superscript alef and the tatweel go: مُحَمَّد and محمد, ســلام and سلام.
// - Digits ۰-۹ and ٠-٩ become 0-9.
// Accents of other scripts stay: é is not e.
std::string fold(std::string_view text);

}  // namespace hoopoe::text
