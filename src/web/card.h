#pragma once

#include <string>
#include <string_view>

#include "app/app.h"
#include "app/post_view.h"
#include "web/template.h"

namespace hoopoe::web {

// The card with what makes it show the post as it is now, where scripts may run.
enum class CardScript { none, live };

constexpr std::size_t card_bytes_max = 4096;  // of any post of 140 characters without longer links

// A post as others quote it on their own pages: a plain blockquote with all its words, its language and
// direction, author, time and address, that is whole without this server, without a style and without a
// script. Links lead to `public_url`, where its photos are as well; what may upset is a link, no picture.
// Where it would be larger than card_bytes_max, links in the words become plain words, and then photos have
// no description. Requires: a post that everyone may read.
std::string write_card(const app::App& app, const app::PostView& shown, CardScript script);

inline constexpr std::string_view card_template = "card.html";
// The values of that card without a script, for a page that shows it.
void fill_card(Values& values, const app::App& app, const app::PostView& shown);
// The same with its photos in it, for a file that is read without a network.
void fill_whole_card(Values& values, app::App& app, const app::PostView& shown);

}  // namespace hoopoe::web
