#pragma once

#include <cstddef>
#include <iosfwd>

namespace hoopoe {

constexpr std::size_t text_line_length_max = std::size_t{1} << 20;  // bytes; posts are far shorter

// `hoopoe text`: answers each line of `in`, a JSON object, with one JSON line, until `in` ends. Returns the
// exit code, 0. Indices count code points, as twitter-text's do.
//   {"op":"extract","text":"..."} ->
//   {"mentions":[{"screen_name","list_slug"?,"indices":[a,b]}],"reply":name|null,
//       "urls":[{"url","indices"}],"hashtags":[{"hashtag","indices"}],"cashtags":[{"cashtag","indices"}]}
//   {"op":"validate","kind":"tweet|username|list|hashtag|url|url_without_protocol","text":"..."}
//       -> {"valid":bool,"length":n}
//   {"op":"autolink","text":"..."} -> {"html":"..."}: every name exists, hosts without a scheme are text
// A mention of another server has "domain" too. What can't be answered (no JSON, an unknown op or kind, no
// text, broken UTF-8, a line over text_line_length_max) is answered {"error":"..."}, and the next line goes
// on.
int run_text_command(std::istream& in, std::ostream& out);

}  // namespace hoopoe
