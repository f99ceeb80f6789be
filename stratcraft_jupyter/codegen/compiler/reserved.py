"""Attribute names that a Backtrader strategy has already; kept true by a test."""

_NAMES = """
    buflen data0 datetime extrasize fullsize get getlinealiases itersize size
    data_close data_datetime data_high data_low data_open data_openinterest data_volume
    data_0 data_1 data_2 data_3 data_4 data_5 data_6
    data0_close data0_datetime data0_high data0_low data0_open data0_openinterest data0_volume
    data0_0 data0_1 data0_2 data0_3 data0_4 data0_5 data0_6
    add_timer addindicator addminperiod advance alias aliased analyzers array backwards
    bind2line bind2lines bindlines broker buy buy_bracket cancel cerebro clear close csv
    data datas ddatas dnames env extend forward frompackages getdatabyname getdatanames
    getindicators getindicators_lines getobservers getposition getpositionbyname
    getpositions getpositionsbyname getsizer getsizing getwriterheaders getwriterinfo
    getwritervalues home incminperiod l line line0 line_0 linealias lines minbuffer next
    next_open nextstart nextstart_open notify_cashvalue notify_data notify_fund
    notify_order notify_store notify_timer notify_trade observers once oncestart
    order_target_percent order_target_size order_target_value p packages params plotinfo
    plotlabel plotlines position positionbyname positions positionsbyname prenext
    prenext_open preonce qbuffer reset rewind sell sell_bracket set_tradehistory
    setminperiod setsizer sizer start stats stop updateminperiod writers
"""

STRATEGY_ATTRIBUTES = frozenset(_NAMES.split())
