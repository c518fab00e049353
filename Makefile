# Makefile - everything that is done with this project; bare `make` lists it.

CC       ?= gcc
BUILD    ?= build
PORT     ?= 8080
export PORT

OPTIMISE ?= -O2
SANITISE ?=
WARN      = -Wall -Wextra -Wpedantic -Wshadow=local -Wstrict-prototypes -Wmissing-prototypes -Wno-overlength-strings -Werror -Wfatal-errors
PACKAGES  = libzmq libczmq libpq libsodium jansson libevent libcurl libxml-2.0 pangocairo
CFLAGS   ?= -g
ALL_CFLAGS = -std=gnu17 $(OPTIMISE) $(CFLAGS) $(WARN) $(SANITISE) -MMD -MP -I$(BUILD)/gen -Icommon \
             -DMSGPACK_SBUFFER_INIT_SIZE=512 \
             $(shell pkg-config --cflags $(PACKAGES) 2>/dev/null)
LDLIBS    = $(shell pkg-config --libs libzmq libczmq libpq libsodium jansson 2>/dev/null) -lmsgpackc -lpthread

# What draws documents; only who draws them is linked with it.
PRINT     = $(shell pkg-config --libs pangocairo 2>/dev/null) -lm

SERVICES  = catalog pipeline matching reporting
PROGRAMS  = $(SERVICES:%=$(BUILD)/meerwaarde-%) $(BUILD)/meerwaarde-gateway $(BUILD)/meerwaarde

common_c  = $(wildcard common/*.c) $(WATCH)
objects   = $(patsubst %.c,$(BUILD)/o/%.o,$(1))
sources   = $(wildcard services/$(1)/*.c services/$(1)/*/*.c)
sql_of    = $(sort $(wildcard common/sql/*.sql services/$(1)/sql/*.sql services/$(1)/*/sql/*.sql))

.PHONY: help programs unit sim mutants all deps run start stop status reset test asan tsan fuzz bench eval load fault test-containers test-fresh docs lint web clean
help:
	@echo "make run      build and run the whole set here, follow its events (PORT=$(PORT)); Ctrl-C stops it"
	@echo "make start | stop | status   the same in the background"
	@echo "make reset    delete the local data (asks; YES=1 does not)"
	@echo "make test     all tests (ONLY=name runs those whose name has it)"
	@echo "make bench    speed and memory beside peers (ONLY=gateway)"
	@echo "make eval     how well search finds what people judged right (CORPUS=directory TEXT=nl|en)"
	@echo "make load     drives the set at PORT (RATE=200 PROFILE=mix FOR=30; $(BUILD)/load --help has more)"
	@echo "make fault    what dies, hangs or is flooded under load, in named scenes (ONLY=kill)"
	@echo "make test-containers         the set as containers, in named scenes under load (ONLY=pause); brings an engine if there is none"
	@echo "make test-fresh              make run and make test in a bare Debian 12, from a clone of what is committed"
	@echo "make asan | tsan | fuzz      tests under sanitizers; fuzz targets, 60 s each"
	@echo "make mutants  whether each law is seen when it is broken (ONLY=D9,C); takes long"
	@echo "make sim      the dispatcher in worlds of chance (SEEDS=10000), and whether broken ones are seen"
	@echo "make lint     formatting and static analysis"
	@echo "make docs     state diagrams, OpenAPI and types into $(BUILD)/docs"
	@echo "make all      build the programs and the web pages"
	@echo "make clean    delete what was built"

deps:
	@deploy/install-deps

programs: $(PROGRAMS)
all: programs web

# SQL and migrations become C strings: the file's name is the statement's.
define to_c
	@mkdir -p $(@D)
	@for f in $^; do printf '{ "%s",\n' "$$(basename $$f .sql)"; \
	    sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/  "&\\n"/' "$$f"; echo '},'; done > $@
endef
.SECONDARY:
.SECONDEXPANSION:
$(BUILD)/gen/%-sql.inc: $$(call sql_of,%)
	$(to_c)
# Migrations run area by area (the platform's own first), each area's in the order of its numbers; a number is of one.
areas = common services/catalog services/pipeline services/matching services/reporting services/gateway
$(BUILD)/gen/migrations.inc: $(foreach a,$(areas),$(sort $(wildcard $(a)/migrations/*.sql)))
	@mkdir -p $(@D)
	@twice=$$(printf '%s\n' $^ | sed 's/_[^/]*$$//' | sort | uniq -d); [ -z "$$twice" ] || { echo "two migrations have one number: $$twice" >&2; exit 1; }
	@for f in $^; do area=$$(basename $$(dirname $$(dirname $$f))); name=$$(basename $$f .sql); \
	    number=$$(echo $${name%%_*} | sed 's/^0*//'); \
	    printf '{ "%s", %d, "%s",\n' "$$area" "$$number" "$$name"; \
	    sed 's/\\/\\\\/g; s/"/\\"/g; s/.*/  "&\\n"/' "$$f"; echo '},'; done > $@

generated = $(SERVICES:%=$(BUILD)/gen/%-sql.inc) $(BUILD)/gen/gateway-sql.inc \
            $(BUILD)/gen/migrations.inc

# The loops of the index are what its speed is.
$(BUILD)/o/services/matching/search/%.o: OPTIMISE = -O3

$(BUILD)/o/%.o: %.c | $(generated)
	@mkdir -p $(@D)
	@echo "  compile $<"
	@$(CC) $(ALL_CFLAGS) -c $< -o $@

$(BUILD)/libcommon.a: $(call objects,$(common_c))
	@rm -f $@
	@ar rcs $@ $^

$(BUILD)/meerwaarde-catalog: $(call objects,$(call sources,catalog)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS) -lz -lxml2
$(BUILD)/meerwaarde-pipeline: $(call objects,$(call sources,pipeline)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS) -lxml2 -lcurl -lqrencode $(PRINT)
$(BUILD)/meerwaarde-matching: $(call objects,$(call sources,matching)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS) -lstemmer -lutf8proc -lz -lcurl -lm
$(BUILD)/meerwaarde-reporting: $(call objects,$(call sources,reporting)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS)
$(BUILD)/meerwaarde-gateway: $(call objects,$(call sources,gateway)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS) -levent -lcurl -lz -lxml2 -lqpdf
$(BUILD)/meerwaarde: $(call objects,$(call sources,ctl)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS) -lm

# Unit tests: each file of tests/unit is a program; it may use what is inside a service, but not its main.
lib_of = $(filter-out %/main.o,$(call objects,$(call sources,$(1))))
$(BUILD)/libservices.a: $(foreach s,$(SERVICES) gateway ctl,$(call lib_of,$(s)))
	@rm -f $@
	@ar rcs $@ $^
UNIT = $(patsubst tests/unit/%.c,$(BUILD)/tests/unit/%,$(wildcard tests/unit/*_test.c))
unit: $(UNIT) $(BUILD)/tests/dispatcher_sim $(BUILD)/tests/clock_shift.so
$(BUILD)/tests/unit/%: $(BUILD)/o/tests/unit/%.o $(BUILD)/libservices.a $(BUILD)/libcommon.a
	@mkdir -p $(@D)
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $< -Wl,--start-group $(BUILD)/libservices.a $(BUILD)/libcommon.a -Wl,--end-group \
	    $(LDLIBS) -lcmocka -lstemmer -lutf8proc -lz -lcurl -levent -lxml2 -lqpdf -lqrencode $(PRINT) -lm

# What tests of time preload (tests/lib/clock.mjs).
$(BUILD)/tests/clock_shift.so: tests/clock/shift.c
	@mkdir -p $(@D)
	@echo "  link $@"
	@$(CC) -std=gnu17 $(OPTIMISE) $(WARN) -shared -fPIC -o $@ $<

# The dispatcher in worlds of chance; make sim SEEDS=10000 FIRST=1.
SEEDS ?= 10000
FIRST ?= 1
$(BUILD)/tests/dispatcher_sim: $(BUILD)/o/tests/sim/dispatcher_sim.o $(call objects,$(wildcard services/gateway/dispatch/*.c)) $(BUILD)/libcommon.a
	@mkdir -p $(@D)
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS)

sim: $(BUILD)/tests/dispatcher_sim
	@$< $(SEEDS) $(FIRST)
	@tests/sim/mutants

# Whether the tests see it when a law of the deal or the catalogue is broken; make mutants ONLY=D9,C.
mutants: programs unit
	@node tests/mutants/run.mjs

-include $(shell find $(BUILD)/o -name '*.d' 2>/dev/null)

# The pages: types and words come from the declarations in proto/.
WEB = services/gateway/web
web: $(WEB)/dist/pages.txt
$(WEB)/src/gen/api.d.ts: $(BUILD)/meerwaarde
	@mkdir -p $(@D)
	@$(BUILD)/meerwaarde print types > $@
	@$(BUILD)/meerwaarde print words > $(@D)/words.ts
$(WEB)/node_modules/.package-lock.json: $(WEB)/package-lock.json
	cd $(WEB) && npm ci --ignore-scripts --no-progress --loglevel=error
	@touch $@
$(WEB)/dist/pages.txt: $(WEB)/src/gen/api.d.ts $(WEB)/node_modules/.package-lock.json \
                       $(wildcard $(WEB)/*.mjs $(WEB)/*.json $(WEB)/tools/* $(WEB)/src/*.* $(WEB)/src/*/*.* proto/cities.def)
	cd $(WEB) && node build.mjs

run start: deps
	@$(MAKE) --no-print-directory -j2 all
	@deploy/local/$@
stop status reset:
	@deploy/local/$@

test:
	@deploy/install-deps --test
	@$(MAKE) --no-print-directory -j2 all unit
	@tests/run

# The same tests on programs that watch themselves; the pages are built as always. What a sanitizer
# adds to the code makes gcc see texts cut off that are not.
asan:
	@deploy/install-deps --test
	@$(MAKE) --no-print-directory -j2 all
	@$(MAKE) --no-print-directory -j2 BUILD=build/asan OPTIMISE=-O1 CFLAGS='-g -Wno-format-truncation' \
	    SANITISE='-fsanitize=address,undefined -fno-omit-frame-pointer -fno-sanitize-recover=undefined' programs unit
	@BUILD=build/asan ASAN_OPTIONS=detect_leaks=1:exitcode=99 UBSAN_OPTIONS=print_stacktrace=1 \
	    LSAN_OPTIONS=suppressions=$(CURDIR)/tests/lsan.supp:print_suppressions=0 LIMIT=900 tests/run
tsan:
	@deploy/install-deps --test
	@$(MAKE) --no-print-directory -j2 all
	@$(MAKE) --no-print-directory -j2 BUILD=build/tsan WATCH="$(wildcard tests/tsan/*.c)" OPTIMISE=-O1 \
	    CFLAGS='-g -Wno-format-truncation' SANITISE='-fsanitize=thread -fno-omit-frame-pointer' programs unit
	@BUILD=build/tsan TSAN_OPTIONS=suppressions=$(CURDIR)/tests/tsan.supp:exitcode=66:second_deadlock_stack=1 \
	    LIMIT=900 tests/run

# libFuzzer targets, each from its seeds and what it found before; FUZZ_SECONDS=n for longer.
FUZZ_SECONDS ?= 60
FUZZ = $(patsubst tests/fuzz/%.c,%,$(wildcard tests/fuzz/*_fuzz.c))
fuzz:
	@deploy/install-deps --fuzz
	@$(MAKE) --no-print-directory -j2 CC=clang BUILD=build/fuzz OPTIMISE=-O1 \
	    WARN='-Wall -Wextra -Werror -Wno-string-concatenation' \
	    SANITISE='-fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined' $(FUZZ:%=build/fuzz/%)
	@for f in $(FUZZ); do echo "$$f, $(FUZZ_SECONDS) s"; mkdir -p build/fuzz/corpus/$$f; \
	    build/fuzz/$$f -max_total_time=$(FUZZ_SECONDS) -timeout=5 -rss_limit_mb=1024 -print_final_stats=1 \
	        -artifact_prefix=build/fuzz/$$f- build/fuzz/corpus/$$f tests/fuzz/seeds/$$f > build/fuzz/$$f.log 2>&1 \
	        || { tail -40 build/fuzz/$$f.log; exit 1; }; \
	    tail -6 build/fuzz/$$f.log; done
$(BUILD)/%_fuzz: $(BUILD)/o/tests/fuzz/%_fuzz.o $(BUILD)/libservices.a $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) -fsanitize=fuzzer,address,undefined -o $@ $< -Wl,--start-group $(BUILD)/libservices.a $(BUILD)/libcommon.a \
	    -Wl,--end-group $(LDLIBS) -levent -lstemmer -lutf8proc -lz -lcurl -lxml2 -lqpdf -lqrencode $(PRINT) -lm

$(BUILD)/dispatch_echo: $(call objects,tests/bench/dispatch_echo.c $(wildcard services/gateway/dispatch/*.c)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS)
$(BUILD)/bench_%: $(BUILD)/o/tests/bench/%.o $(BUILD)/libservices.a $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $< -Wl,--start-group $(BUILD)/libservices.a $(BUILD)/libcommon.a -Wl,--end-group $(LDLIBS)
$(BUILD)/matching_%: $(BUILD)/o/tests/bench/matching/%.o $(BUILD)/libservices.a $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $< -Wl,--start-group $(BUILD)/libservices.a $(BUILD)/libcommon.a -Wl,--end-group \
	    $(LDLIBS) -lstemmer -lutf8proc -lz -lcurl -levent -lxml2 -lqpdf -lqrencode $(PRINT) -lm
bench:
	@deploy/install-deps --bench
	@$(MAKE) --no-print-directory -j2 all $(BUILD)/load $(BUILD)/dispatch_echo $(BUILD)/bench_closing $(BUILD)/matching_generate $(BUILD)/matching_ours $(BUILD)/matching_tell $(BUILD)/matching_percolate
	@tests/bench/run

# An open-loop load generator, and the proofs that are made with it.
RATE    ?= 200
PROFILE ?= mix
FOR     ?= 30
$(BUILD)/load: $(call objects,$(wildcard tests/load/*.c)) $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $^ $(LDLIBS) -levent -lm
load:
	@deploy/install-deps
	@$(MAKE) --no-print-directory $(BUILD)/load
	@$(BUILD)/load --url=http://127.0.0.1:$(PORT) --rate=$(RATE) --profile=$(PROFILE) --seconds=$(FOR)
fault:
	@deploy/install-deps --test
	@$(MAKE) --no-print-directory -j2 all $(BUILD)/load
	@tests/fault/run

# The set as containers; the images are built from the sources, not from what is in build/.
test-containers:
	@deploy/install-deps --test
	@$(MAKE) --no-print-directory $(BUILD)/load
	@tests/containers/run

# Its own script brings what it needs: this machine is only the engine's.
test-fresh:
	@tests/containers/fresh

# Formatting is told, not enforced: clang-format cannot say how tables and struct members are aligned here.
# A folder with docs.tsv, queries.tsv and qrels.tsv; see tests/eval/eval.c.
$(BUILD)/eval: $(BUILD)/o/tests/eval/eval.o $(BUILD)/libservices.a $(BUILD)/libcommon.a
	@echo "  link $@"
	@$(CC) $(SANITISE) -o $@ $< -Wl,--start-group $(BUILD)/libservices.a $(BUILD)/libcommon.a -Wl,--end-group \
	    $(LDLIBS) -lstemmer -lutf8proc -lz -lcurl -levent -lxml2 -lqpdf -lqrencode $(PRINT) -lm
eval:
	@[ -d "$(CORPUS)" ] || { echo "make eval CORPUS=DIR TEXT=nl|en: CORPUS has to be a directory with docs.tsv, queries.tsv and qrels.tsv"; exit 2; }
	@deploy/install-deps >&2
	@$(MAKE) --no-print-directory $(BUILD)/eval >&2
	@$(BUILD)/eval $(CORPUS) $(TEXT)

lint:
	@deploy/install-deps --lint
	@clang-format --dry-run $$(git ls-files '*.c' '*.h') 2>&1 | grep -c 'clang-format-violations' | \
	    sed 's/$$/ places clang-format would write otherwise/'
	@clang-tidy --quiet $$(git ls-files 'common/*.c' 'services/*.c') -- -std=gnu17 -Icommon -I$(BUILD)/gen \
	    -DMSGPACK_SBUFFER_INIT_SIZE=512 $$(pkg-config --cflags $(PACKAGES))

docs: $(BUILD)/meerwaarde
	@mkdir -p $(BUILD)/docs
	@for w in openapi types words diagrams; do $(BUILD)/meerwaarde print $$w > $(BUILD)/docs/$$w.txt; done
	@mv $(BUILD)/docs/openapi.txt $(BUILD)/docs/openapi.json; mv $(BUILD)/docs/diagrams.txt $(BUILD)/docs/diagrams.dot
	@echo "openapi.json, diagrams.dot (Graphviz), types.txt, words.txt are in $(BUILD)/docs"

clean:
	rm -rf $(BUILD) $(WEB)/dist $(WEB)/src/gen
