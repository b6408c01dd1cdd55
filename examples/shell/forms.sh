# What a value looks like in a log, worked out with od, sed and base64: nothing of ours, so that a mistake of the
# library cannot hide here as well. To be sourced.
# shellcheck shell=bash

all_forms="raw json url base64-0 base64-1 base64-2"

random_text() { # length: letters and digits
  head -c $(($1 * 4)) /dev/urandom | base64 | tr -dc 'A-Za-z0-9' | cut -c "1-$1" | tr -d '\n'
}

awkward_text() { # a random value with all that encoders escape: a quote, a backslash, a line end, a blank, other alphabets
  printf '%s"%s\\%sé\n%s %sß' "$(random_text 14)" "$(random_text 14)" "$(random_text 14)" "$(random_text 14)" "$(random_text 14)"
}

json() { sed -e 's/\\/\\\\/g' -e 's/"/\\"/g' | awk 'NR > 1 { printf "%s", "\\n" } { printf "%s", $0 }'; }

percent() { # as a URL carries it; what RFC 3986 calls unreserved stays
  local byte
  for byte in $(od -An -v -tx1); do
    case $byte in
      2d | 2e | 5f | 7e | 3[0-9] | 4[1-9a-f] | 5[0-9a] | 6[1-9a-f] | 7[0-9a]) printf '%b' "\\x$byte" ;;
      *) printf '%%%02X' "0x$byte" ;;
    esac
  done
}

base64_at() { # 0, 1 or 2, where in a group of three the value starts: the characters that its neighbours cannot change
  local encoded
  encoded=$({ head -c "$1" /dev/zero && cat; } | base64 | tr -d '\n')
  case $encoded in
    *=*) encoded=${encoded%%=*} && encoded=${encoded%?} ;;
  esac
  case $1 in
    0) printf '%s\n' "$encoded" ;;
    1) printf '%s\n' "${encoded:2}" ;;
    2) printf '%s\n' "${encoded:3}" ;;
  esac
}

add_forms() { # a file that holds one value, and the directory that gets one file of patterns a form
  local raw json_form url_form shift_by
  raw=$(cat "$1")
  json_form=$(json <"$1")
  url_form=$(percent <"$1")
  mkdir -p "$2"
  printf '%s\n' "$raw" >>"$2/raw"
  # A form that changes nothing would only count the raw hits again.
  [ "$json_form" = "$raw" ] || printf '%s\n' "$json_form" >>"$2/json"
  [ "$url_form" = "$raw" ] || printf '%s\n' "$url_form" "${url_form//%20/+}" >>"$2/url"
  for shift_by in 0 1 2; do base64_at $shift_by <"$1" >>"$2/base64-$shift_by"; done
}

add_fragments() { # the directory of patterns: every eight characters in a row of any form, into the file "fragments"
  local form
  for form in $all_forms; do cat "$1/$form"; done \
    | LC_ALL=C awk '{ for (i = 1; i + 7 <= length($0); i++) print substr($0, i, 8) }' | LC_ALL=C sort -u >"$1/fragments"
}

hits() { # a file of patterns, then files: how often any of them occurs
  local patterns=$1
  shift
  cat "$@" | { LC_ALL=C grep -a -o -F -f "$patterns" || true; } | wc -l | tr -d ' '
}

masks() { # a file, and optionally a name: how many masks it holds
  { LC_ALL=C grep -a -o "\[REDACTED:${2:-[^]]*}\]" "$1" || true; } | wc -l | tr -d ' '
}
