#pragma once

#include <string_view>
#include <vector>

#include "app/actor.h"
#include "app/conversation.h"
#include "app/post_view.h"
#include "app/timelines.h"
#include "base/clock.h"
#include "web/context.h"
#include "web/page.h"
#include "web/photo_values.h"
#include "web/template.h"

namespace hoopoe::web {

inline constexpr std::string_view post_template = "post.html";

enum class PostLook { in_list, whole };

struct PostFrame {
  app::Viewer viewer;                 // none: shown without buttons
  bool for_anyone_signed_in = false;  // with the buttons that all of them have, though the viewer is none
  Time now;
  bool moderates = false;  // with a link to what moderators may do
  PostLook look = PostLook::in_list;
  PhotoLoading photos = PhotoLoading::with_page;
  bool dated = false;          // the day and the hour, not how long ago: who keeps the page reads it later
  int depth = 0;               // below the post of the page, in a thread
  std::vector<PostId> beside;  // the posts of the thread: what one answers is on this page
};

// Of the viewer, and no repost; else Refusal{not_found}.
app::PostView own_post(const Context& context, PostId id);

// As whoever looks at the page is shown a post of a list.
PostFrame frame_for(const Context& context);

// The values of post.html, the one way that a post is shown.
void fill_post(Values& values, const app::PostView& view, const PostFrame& frame);

// Who reposted it, and what it answers: what stands above the words. `root` is as for render_words, `beside`
// as in PostFrame.
void fill_context(Values& values, const app::PostView& view, const std::string& root,
                  const std::vector<PostId>& beside = {});

// Each entry as {{>POST}}, in the order given; a stub where there is nothing to show.
void add_entries(Values& values, std::string_view name, const std::vector<app::ConversationEntry>& entries,
                 PostFrame frame);

// A list of posts with its links to the pages before and after: {{>POST}}, or the section EMPTY where there
// never was one. What is
// pinned stands above the others, says so, and is not there a second time.
void add_posts(Values& values, const Context& context, const app::PostPage& posts, const Page& page,
               std::string_view path, const std::vector<app::PostView>& pinned = {});

// Words with their links, tags, and those of the people that are given; of a profile none. A page that is
// saved elsewhere needs the address of this site as `root`.
text::SafeHtml render_words(std::string_view text, const std::vector<Mention>& named = {},
                            std::string_view root = "");

std::string initial_of(const Account& account);
// Which of the colours in hoopoe.css, .t0 to .t7, is the account's.
int tile_of(const Account& account);
// The square with the initial of an account, in a colour of its own.
void fill_tile(Values& values, const Account& account);

}  // namespace hoopoe::web
