#include "app/rules.h"

#include <algorithm>
#include <array>
#include <utility>

#include <fmt/format.h>

#include "store/posting_rules.h"
#include "text/html.h"
#include "web/form_errors.h"
#include "web/moderation.h"
#include "web/page.h"
#include "web/pages.h"

namespace hoopoe::web {

namespace {

constexpr std::array acts{
    std::pair{RuleAct::hold, "Hold the post until a moderator has read it"},
    std::pair{RuleAct::limit, "Leave the post out of the public timelines"},
    std::pair{RuleAct::refuse, "Refuse the post"},
};

// "" is 0.
int sent_number(const Context& context, std::string_view name) {
  constexpr std::int64_t beyond_any_bound = 1'000'000;
  return static_cast<int>(
      std::clamp(context.parameters.integer(name).value_or(0), -beyond_any_bound, beyond_any_bound));
}

PostingRule sent_rule(const Context& context) {
  const auto act = parse_rule_act(context.value("do"));
  if (!act) throw Refusal(RefusalKind::bad_request, "The form does not say what the rule does.");
  return {.id = {},
          .act = *act,
          .words = parse_rule_list(context.value("words")),
          .hosts = parse_rule_list(context.value("sites")),
          .links = sent_number(context, "links"),
          .mentions = sent_number(context, "mentions"),
          .age = std::chrono::hours(sent_number(context, "age")),
          .message = std::string(context.value("message"))};
}

void add_trial(Values& values, store::Read& read, const app::Trial& trial) {
  Values& tried = values.section("TRIAL").set("CAUGHT", trial.caught).set("LOOKED_AT", trial.looked_at);
  for (const PostId id : trial.examples) {
    const auto found = find_moderated_post(read, id);
    if (!found) continue;
    Values& row = tried.section("POST").set("ID", id.str());
    row.set_html("TEXT_HTML", text::escape(found->post.text));
  }
}

// The form as it was sent; empty where it was taken.
void fill_form(Values& form, const Context& context, bool is_empty) {
  const auto sent = [&](std::string_view name) { return is_empty ? "" : context.value(name); };
  form.set_html("RULE_WORDS_HTML", text::escape(sent("words")))
      .set_html("SITES_HTML", text::escape(sent("sites")));
  for (const auto& [key, name] :
       {std::pair{"LINKS", "links"}, {"MENTIONS", "mentions"}, {"AGE", "age"}, {"MESSAGE", "message"}}) {
    form.set(key, sent(name));
  }
  for (const auto& [act, words] : acts) {
    Values& choice = form.section("ACT").set("VALUE", name_of(act)).set("WORDS", words);
    if (sent("do") == name_of(act)) choice.section("CHOSEN");
  }
}

net::Response show(Context& context, const Refusal* refusal, const std::optional<app::Trial>& trial) {
  HtmlPage page{.status = refusal != nullptr ? net::status_of(refusal->kind) : 200,
                .title = "Rules on new posts",
                .body = "moderation_rules.html"};
  Values& values = page.values;
  values.set("CSRF", form_token(context));
  context.app.db.read([&](store::Read& read) {
    for (const PostingRule& rule : store::posting_rules::list(read)) {
      values.section("RULE").set("ID", rule.id.str()).set("WORDS", app::describe(rule));
    }
    if (trial) add_trial(values, read, *trial);
  });
  fill_form(values, context, refusal == nullptr && !trial);
  if (refusal != nullptr) add_errors(values, *refusal);
  return render(context, std::move(page));
}

void change_rules(const Context& context, store::Write& write) {
  const app::Moderation act = act_of(context);
  app::require_role(write, act.by, Role::moderator);
  if (context.value("act") == "remove") {
    app::remove_rule(write, RuleId::parse(context.value("rule")).value_or(RuleId{}), act);
  } else if (context.value("act") == "add") {
    app::add_rule(write, sent_rule(context), act);
  } else {
    throw Refusal(RefusalKind::bad_request, "The form does not say what is to be done.");
  }
}

net::Task<net::Response> try_rule(Context& context) {
  std::optional<app::Trial> trial;
  std::optional<Refusal> refused;
  try {
    trial = co_await context.app.db.read_slow(
        [rule = sent_rule(context)](store::Read& read) { return app::try_rule(read, rule); });
  } catch (const Refusal& refusal) {
    if (refusal.kind != RefusalKind::invalid) throw;
    refused = refusal;
  }
  co_return show(context, refused ? &*refused : nullptr, trial);
}

}  // namespace

net::Task<net::Response> moderation_rules(Context& context) {
  require_moderator(context);
  co_return show(context, nullptr, std::nullopt);
}

net::Task<net::Response> moderate_rules(Context& context) {
  require_moderator(context);
  if (context.value("act") == "try") co_return co_await try_rule(context);
  co_return co_await run_form(
      context, [&context](store::Write& write) { change_rules(context, write); },
      [&context](const Refusal* refusal) { return show(context, refusal, std::nullopt); },
      "/moderation/rules");
}

}  // namespace hoopoe::web
