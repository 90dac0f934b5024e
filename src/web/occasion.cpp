#include <algorithm>

#include "app/occasions.h"
#include "text/html.h"
#include "web/form_errors.h"
#include "web/page.h"
#include "web/pages.h"
#include "web/paths.h"
#include "web/post_values.h"

namespace hoopoe::web {

namespace {

// What people put between names: also the comma of Arabic script.
std::vector<std::string> split_handles(std::string_view text) {
  std::string spaced(text);
  constexpr std::string_view arabic_comma = "\u060C";
  for (std::size_t at = 0; (at = spaced.find(arabic_comma, at)) != std::string::npos;) {
    spaced.replace(at, arabic_comma.size(), arabic_comma.size(), ' ');
  }
  std::vector<std::string> handles;
  for (std::size_t begin = 0; begin < spaced.size();) {
    const std::size_t end = std::min(spaced.find_first_of(" ,;\t\r\n", begin), spaced.size());
    if (end > begin) handles.push_back(spaced.substr(begin, end - begin));
    begin = end + 1;
  }
  return handles;
}

// At first those who have to do with the post: its author, and whom it names.
std::string present_speakers(const app::PostView& view, const std::optional<app::OccasionView>& event) {
  std::string handles;
  std::size_t count = 0;
  const auto add = [&](const std::string& handle) {
    if (++count <= speakers_max) handles += "@" + handle + "\n";
  };
  if (event) {
    for (const Account& speaker : event->speakers) add(speaker.handle);
    return handles;
  }
  add(view.author->handle);
  for (const Mention& mention : view.post->mentions) {
    if (mention.domain.empty() && mention.account != view.post->author) add(mention.handle);
  }
  return handles;
}

net::Response show(Context& context, const Refusal* refusal) {
  const app::PostView view = own_post(context, captured_id<PostId>(context));
  const auto event = app::find_occasion(context.app, context.viewer(), view.post->id);
  HtmlPage page{.status = refusal ? net::status_of(refusal->kind) : 200,
                .title = "A live event",
                .body = "event_form.html"};
  page.values.set("ID", view.post->id.str()).set("CSRF", form_token(context));
  page.values.set_html("TEXT_HTML", render_words(view.post->text));
  page.values.set("SPEAKERS_MAX", static_cast<int>(speakers_max));
  page.values.set_html("SPEAKERS_HTML", text::escape(refusal ? std::string(context.value("speakers"))
                                                             : present_speakers(view, event)));
  if (event) {
    Values& there = page.values.section("THERE").set("URL", occasion_path(*view.author, view.post->id));
    if (refusal ? context.value("over") == "1" : event->occasion.ended.has_value()) there.section("OVER");
  }
  if (refusal) add_errors(page.values, *refusal);
  return render(context, std::move(page));
}

}  // namespace

net::Task<net::Response> show_occasion(Context& context) { co_return show(context, nullptr); }

net::Task<net::Response> plan_occasion(Context& context) {
  const auto id = captured_id<PostId>(context);
  const app::OccasionPlan plan{.speakers = split_handles(context.value("speakers")),
                               .over = context.value("over") == "1"};
  std::optional<Refusal> refused;
  try {
    co_await app::plan_occasion(context.app, context.me().actor, id, plan);
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::invalid) throw;
    refused = refusal;
  }
  if (refused) co_return show(context, &*refused);
  const Account& account = context.me().account;
  co_return see_other(plan.speakers.empty() ? path_of(account, id) : occasion_path(account, id));
}

}  // namespace hoopoe::web
