#include "web/template.h"

#include <ctemplate/template.h>

#include "base/ensure.h"

namespace hoopoe::web {

namespace {

constexpr std::string_view html_mark = R"({{%AUTOESCAPE context="HTML"}})";
constexpr std::string_view xml_mark = R"({{%AUTOESCAPE context="XML"}})";
constexpr std::string_view raw_modifier = ":none";
constexpr std::string_view raw_suffix = "_HTML";
constexpr auto strip = ctemplate::STRIP_BLANK_LINES;

ctemplate::TemplateString view(std::string_view text) { return {text.data(), text.size()}; }

// ctemplate would let a template switch the escaping off for any value; here the name decides.
void check_raw_values(std::string_view source) {
  for (std::size_t at = source.find("{{"); at != std::string_view::npos; at = source.find("{{", at + 2)) {
    const std::string_view marker = source.substr(at + 2, source.find("}}", at) - at - 2);
    const std::string_view name = marker.substr(0, marker.find(':'));
    const bool is_value = !marker.empty() && marker.front() >= 'A' && marker.front() <= 'Z';
    if (!is_value) continue;
    const bool is_raw = marker.size() > name.size();
    ensure(!is_raw || marker.substr(name.size()) == raw_modifier, "a template has no modifier but :none");
    ensure(is_raw == name.ends_with(raw_suffix), "raw values, and no others, are named ..._HTML");
  }
}

}  // namespace

Values& Values::set(std::string_view name, std::string_view value) {
  ensure(!name.ends_with(raw_suffix), "a raw value is SafeHtml");
  texts_.emplace_back(name, value);
  return *this;
}

Values& Values::set(std::string_view name, std::int64_t value) { return set(name, std::to_string(value)); }

Values& Values::set_html(std::string_view name, const text::SafeHtml& value) {
  ensure(name.ends_with(raw_suffix), "raw values are named ..._HTML");
  texts_.emplace_back(name, value.str());
  return *this;
}

Values& Values::section(std::string_view name) {
  return children_.emplace_back(Child{.name = std::string(name), .template_name = {}, .values = {}}).values;
}

Values& Values::include(std::string_view name, std::string_view template_name) {
  return children_
      .emplace_back(
          Child{.name = std::string(name), .template_name = std::string(template_name), .values = {}})
      .values;
}

class Templates::Cache {
 public:
  explicit Cache(std::span<const TemplateSource> sources) {
    for (const TemplateSource& source : sources) {
      ensure(source.text.starts_with(source.name.ends_with(".xml") ? xml_mark : html_mark),
             "a template starts with the AUTOESCAPE mark of its kind");
      check_raw_values(source.text);
      const bool parsed = cache_.StringToTemplateCache(view(source.name), view(source.text), strip);
      ensure(parsed, "a template parses");
    }
    cache_.Freeze();
  }

  std::string render(std::string_view name, const Values& values) const {
    ctemplate::TemplateDictionary dictionary(view(name));
    fill(dictionary, values);
    std::string out;
    const bool expanded = cache_.ExpandNoLoad(view(name), strip, &dictionary, nullptr, &out);
    ensure(expanded, "a template and all that it includes are there");
    return out;
  }

 private:
  static void fill(ctemplate::TemplateDictionary& dictionary, const Values& values) {
    // The dictionary lives shorter than the values, but ctemplate copies all the same.
    for (const auto& [name, value] : values.texts_) dictionary.SetValue(view(name), view(value));
    for (const Values::Child& child : values.children_) {
      if (child.template_name.empty()) {
        fill(*dictionary.AddSectionDictionary(view(child.name)), child.values);
      } else {
        ctemplate::TemplateDictionary* included = dictionary.AddIncludeDictionary(view(child.name));
        included->SetFilename(view(child.template_name));
        fill(*included, child.values);
      }
    }
  }

  ctemplate::TemplateCache cache_;
};

Templates::Templates(std::span<const TemplateSource> sources) : cache_(std::make_unique<Cache>(sources)) {}
Templates::~Templates() = default;

std::string Templates::render(std::string_view name, const Values& values) const {
  return cache_->render(name, values);
}

}  // namespace hoopoe::web
