"""What Backtrader offers to a strategy, by name; kept true by a test."""

_INDICATORS = """
    ADX ADXR AO APO ATR AbsPriceOsc AbsolutePriceOscillator AccDeOsc
    AccelerationDecelerationOscillator Accum AdaptiveMovingAverage AdaptiveMovingAverageEnvelope
    AdaptiveMovingAverageOsc AdaptiveMovingAverageOscillator All AllN And Any AnyN ApplyN
    ArithmeticMean AroonDown AroonIndicator AroonOsc AroonOscillator AroonUp AroonUpDown
    AroonUpDownOsc AroonUpDownOscillator Average AverageDirectionalMovementIndex
    AverageDirectionalMovementIndexRating AverageTrueRange AverageWeighted AwesomeOsc
    AwesomeOscillator BBands BaseApplyN BollingerBands BollingerBandsPct CCI Cmp CmpEx CointN
    CommodityChannelIndex CrossDown CrossOver CrossUp CumSum CumulativeSum DEMA DEMAEnvelope
    DEMAOsc DEMAOscillator DI DM DMA DMAEnvelope DMAOsc DMAOscillator DMI DPO DV2
    DemarkPivotPoint DetrendedPriceOscillator DicksonMA DicksonMAEnvelope DicksonMAOsc
    DicksonMAOscillator DicksonMovingAverage DicksonMovingAverageEnvelope
    DicksonMovingAverageOsc DicksonMovingAverageOscillator DirectionalIndicator
    DirectionalMovement DirectionalMovementIndex DivByZero DivZeroByZero
    DoubleExponentialMovingAverage DoubleExponentialMovingAverageEnvelope
    DoubleExponentialMovingAverageOsc DoubleExponentialMovingAverageOscillator DownDay
    DownDayBool DownMove EC ECEnvelope ECOsc ECOscillator EMA EMAEnvelope EMAOsc EMAOscillator
    Envelope ErrorCorrecting ErrorCorrectingEnvelope ErrorCorrectingOsc
    ErrorCorrectingOscillator ExpSmoothing ExpSmoothingDynamic ExponentialMovingAverage
    ExponentialMovingAverageEnvelope ExponentialMovingAverageOsc
    ExponentialMovingAverageOscillator ExponentialSmoothing ExponentialSmoothingDynamic
    FibonacciPivotPoint FindFirstIndex FindFirstIndexHighest FindFirstIndexLowest FindLastIndex
    FindLastIndexHighest FindLastIndexLowest HMA HMAEnvelope HMAOsc HMAOscillator HeikinAshi
    Highest HullMA HullMAEnvelope HullMAOsc HullMAOscillator HullMovingAverage
    HullMovingAverageEnvelope HullMovingAverageOsc HullMovingAverageOscillator Hurst
    HurstExponent Ichimoku If Indicator KAMA KAMAEnvelope KAMAOsc KAMAOscillator KST
    KnowSureThing LAGF LRSI LaguerreFilter LaguerreRSI Logic Lowest MACD MACDHisto MACDHistogram
    Max MaxN Mean MeanDev MeanDeviation Min MinN MinusDI MinusDirectionalIndicator
    ModifiedMovingAverage ModifiedMovingAverageEnvelope ModifiedMovingAverageOsc
    ModifiedMovingAverageOscillator Momentum MomentumOsc MomentumOscillator
    MovingAverageAdaptive MovingAverageAdaptiveEnvelope MovingAverageAdaptiveOsc
    MovingAverageAdaptiveOscillator MovingAverageBase MovingAverageDoubleExponential
    MovingAverageDoubleExponentialEnvelope MovingAverageDoubleExponentialOsc
    MovingAverageDoubleExponentialOscillator MovingAverageExponential
    MovingAverageExponentialEnvelope MovingAverageExponentialOsc
    MovingAverageExponentialOscillator MovingAverageSimple MovingAverageSimpleEnvelope
    MovingAverageSimpleOsc MovingAverageSimpleOscillator MovingAverageSmoothed
    MovingAverageSmoothedEnvelope MovingAverageSmoothedOsc MovingAverageSmoothedOscillator
    MovingAverageTripleExponential MovingAverageTripleExponentialEnvelope
    MovingAverageTripleExponentialOsc MovingAverageTripleExponentialOscillator
    MovingAverageWeighted MovingAverageWeightedEnvelope MovingAverageWeightedOsc
    MovingAverageWeightedOscillator MovingAverageWilder MovingAverageWilderEnvelope
    MovingAverageWilderOsc MovingAverageWilderOscillator MultiLogic MultiLogicReduce NZD
    NonZeroDifference OLS_BetaN OLS_Slope_InterceptN OLS_TransformationN OperationN Or
    Oscillator OscillatorMixIn PGO PPO PPOShort PSAR ParabolicSAR PctChange PctRank PercPriceOsc
    PercPriceOscShort PercentChange PercentRank PercentagePriceOscillator
    PercentagePriceOscillatorShort PeriodN PivotPoint PlusDI PlusDirectionalIndicator
    PrettyGoodOsc PrettyGoodOscillator PriceOsc PriceOscillator RMI ROC ROC100 RSI RSI_Cutler
    RSI_EMA RSI_SMA RSI_SMMA RSI_Safe RSI_Wilder RateOfChange RateOfChange100 Reduce ReduceN
    RelativeMomentumIndex RelativeStrengthIndex SMA SMAEnvelope SMAOsc SMAOscillator SMMA
    SMMAEnvelope SMMAOsc SMMAOscillator SimpleMovingAverage SimpleMovingAverageEnvelope
    SimpleMovingAverageOsc SimpleMovingAverageOscillator SmoothedMovingAverage
    SmoothedMovingAverageEnvelope SmoothedMovingAverageOsc SmoothedMovingAverageOscillator
    StandardDeviation StdDev Stochastic StochasticFast StochasticFull StochasticSlow Sum SumN
    TEMA TEMAEnvelope TEMAOsc TEMAOscillator TR TRIX TSI TripleExponentialMovingAverage
    TripleExponentialMovingAverageEnvelope TripleExponentialMovingAverageOsc
    TripleExponentialMovingAverageOscillator Trix TrixSignal TrueHigh TrueLow TrueRange
    TrueStrengthIndicator UltimateOscillator UpDay UpDayBool UpMove Vortex WMA WMAEnvelope
    WMAOsc WMAOscillator WeightedAverage WeightedMovingAverage WeightedMovingAverageEnvelope
    WeightedMovingAverageOsc WeightedMovingAverageOscillator WilderMA WilderMAEnvelope
    WilderMAOsc WilderMAOscillator WilliamsAD WilliamsR ZLEMA ZLEMAEnvelope ZLEMAOsc
    ZLEMAOscillator ZLInd ZLIndEnvelope ZLIndOsc ZLIndOscillator ZLIndicator ZLIndicatorEnvelope
    ZLIndicatorOsc ZLIndicatorOscillator ZeroLagEma ZeroLagEmaEnvelope ZeroLagEmaOsc
    ZeroLagEmaOscillator ZeroLagExponentialMovingAverage ZeroLagExponentialMovingAverageEnvelope
    ZeroLagExponentialMovingAverageOsc ZeroLagExponentialMovingAverageOscillator
    ZeroLagIndicator ZeroLagIndicatorEnvelope ZeroLagIndicatorOsc ZeroLagIndicatorOscillator haD
    haDelta movav newcls
"""

INDICATORS = frozenset(_INDICATORS.split())
"""Names in ``bt.indicators``, aliases included."""

_TOP_LEVEL = """
    All And Any BacktraderError Cerebro Cmp CmpEx CommInfoBase DivByZero DivZeroByZero If
    Indicator Max Min Or Order OrderBase Position Reduce SESSION_END SESSION_START SESSION_TIME
    SIGNAL_LONG SIGNAL_LONGEXIT SIGNAL_LONGEXIT_ANY SIGNAL_LONGEXIT_INV SIGNAL_LONGSHORT
    SIGNAL_LONG_ANY SIGNAL_LONG_INV SIGNAL_NONE SIGNAL_SHORT SIGNAL_SHORTEXIT
    SIGNAL_SHORTEXIT_ANY SIGNAL_SHORTEXIT_INV SIGNAL_SHORT_ANY SIGNAL_SHORT_INV SignalStrategy
    Sizer Strategy Sum TimeFrame Trade analyzers date2num feeds ind indicators num2date num2time
    observers signals sizers talib time2num timer
"""

TOP_LEVEL = frozenset(_TOP_LEVEL.split())
"""Names in ``bt`` that strategies have a use for."""

LINE_FUNCTIONS = frozenset(
    {
        *("And", "Or", "If", "All", "Any", "Max", "Min", "Sum", "Cmp", "CmpEx", "Reduce"),
        *("DivByZero", "DivZeroByZero"),
    }
)
"""Names in ``bt`` that make a line of lines."""

TWO_SOURCES = frozenset(
    {
        *("CrossOver", "CrossUp", "CrossDown", "NonZeroDifference", "NZD", "CointN"),
        *("OLS_Slope_InterceptN", "OLS_TransformationN", "OLS_BetaN"),
    }
)
"""Indicators that read two series; the second may be a number."""

HOOKS = frozenset(
    {
        *("next", "prenext", "nextstart", "start", "stop"),
        *("notify_order", "notify_trade", "notify_cashvalue", "notify_fund", "notify_timer"),
        *("notify_data", "notify_store"),
    }
)
"""Methods that Backtrader calls and strategies may write."""

ENGINE = frozenset(
    {
        *("_addanalyzer", "_addindicator", "_addnotification", "_addobserver", "_addsizer"),
        *("_addwriter", "_clk_update", "_clock", "_getline", "_getminperstatus", "_getsizing"),
        *("_ltype", "_mindatas", "_minperiod", "_next", "_next_analyzers", "_next_observers"),
        *("_next_open", "_nextforce", "_notify", "_oldsync", "_once", "_oncepost"),
        *("_oncepost_open", "_opstage", "_orders", "_orderspending", "_owner", "_periodrecalc"),
        *("_periodset", "_settz", "_sizer", "_stage1", "_stage2", "_start", "_stop", "_trades"),
        *("_tradespending",),
    }
)
"""Parts of Backtrader's engine that a strategy inherits."""

BROKER_READS = frozenset(
    {
        *("getvalue", "get_value", "getcash", "get_cash", "getposition", "getcommissioninfo"),
        *("get_fundvalue", "get_fundshares", "get_leverage", "get_orders_open", "startingcash"),
    }
)
"""What a strategy may ask its broker."""

ENTRIES = frozenset(
    {
        *("buy", "sell", "buy_bracket", "sell_bracket"),
        *("order_target_size", "order_target_value", "order_target_percent"),
    }
)
"""Methods of a strategy that can open a position."""
