#pragma once

#include <span>
#include <string>
#include <string_view>

#include "text/entities.h"

// Names that can neither reorder the line they stand in nor wear a badge that nobody gave them (UAX #9).
namespace hoopoe::text {

// Without direction marks, embeddings, overrides and isolates (U+061C, U+200E, U+200F, U+202A-U+202E,
// U+2066-U+2069).
std::string strip_bidi_controls(std::string_view text);

// Around a name or a link, which then neither turns the words around it nor is turned by them (UAX #9).
inline constexpr std::string_view isolate_left_to_right = "\u2066";
inline constexpr std::string_view end_of_isolate = "\u2069";
// Plain text with its mentions and links in isolates. Takes entities as find_entities(text) gives them.
std::string isolate_names_and_links(std::string_view text, std::span<const Entity> entities);

// A name as it may be shown: without bidi controls, control characters, byte order marks and blanks that only
// look like nothing, without signs that pass for the check mark of a verified account; spaces and line breaks
// become one space, none at the ends. What is left may be empty. ZWNJ and ZWJ stay inside words. Cleaning
// twice is cleaning once; broken bytes become U+FFFD.
std::string clean_display_name(std::string_view name);

}  // namespace hoopoe::text
