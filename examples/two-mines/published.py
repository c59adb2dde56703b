"""What Imperial Metals Corporation published on November 14, 2011: the cells of three tables, and figures of the text.

Figures are facts, transcribed; ``simulate.py`` writes them into ``published.csv`` and draws all else around them.
"""

SOURCE = "Imperial Metals Corporation, November 14, 2011: Imperial Reports 2011 Third Quarter Financial Results"

COLUMNS = ("2011-Q3", "2010-Q3", "2011-9M", "2010-9M")
"""The columns of the financial summary: three and nine months to the end of September."""

SUMMARY = {
    # thousands of Canadian dollars, and dollars a share
    "revenues": ("69,409", "68,477", "205,994", "191,232"),
    "mine_income": ("8,531", "25,656", "56,614", "46,742"),
    "net_income": ("17,617", "7,429", "45,405", "19,338"),
    "net_income_per_share": ("0.48", "0.20", "1.23", "0.54"),
    "adjusted_net_income": ("4,755", "13,258", "23,104", "22,727"),
    "adjusted_net_income_per_share": ("0.13", "0.36", "0.63", "0.63"),
    "cash_flow": ("17,102", "27,079", "63,533", "52,298"),
    "cash_flow_per_share": ("0.46", "0.74", "1.72", "1.46"),
}

YEARS = ("2011-9M", "2010-9M")
"""The columns of the tables of production."""

PRODUCTION = {
    "Mount Polley": {
        "ore_milled": ("5,742,244", "5,943,967"),
        "throughput": ("21,034", "21,773"),
        "head_grade Cu": ("0.262", "0.324"),
        "head_grade Au": ("0.266", "0.287"),
        "recovery Cu": ("57.16", "62.97"),
        "recovery Au": ("62.16", "66.67"),
        "metal_produced Cu": ("18,939,711", "26,701,243"),
        "metal_produced Au": ("30,496", "36,571"),
        "metal_produced Ag": ("67,555", "142,182"),
    },
    "Huckleberry": {
        "ore_milled": ("4,480,300", "4,156,900"),
        "throughput": ("16,411", "15,227"),
        "head_grade Cu": ("0.382", "0.378"),
        "recovery Cu": ("90.2", "91.3"),
        "metal_produced Cu": ("34,044,000", "31,664,000"),
        "metal_produced Au": ("2,758", "2,279"),
        "metal_produced Ag": ("173,127", "148,206"),
        "metal_produced Mo": ("6,923", "68,226"),
    },
}

TEXT = (
    # measure, subject, period, value as printed, unit
    ("milling.throughput", "Mount Polley", "2011-Q3", "22,160", "t/d"),
    ("milling.metal_produced", "Huckleberry", "2011-Q3", "10.3", "Mlb"),
    ("milling.metal_produced", "Huckleberry", "2010-Q3", "10.1", "Mlb"),
    ("sales.shipments", "Mount Polley", "2011-Q3", "2", "shipment"),
    ("sales.shipments", "Huckleberry", "2011-Q3", "2", "shipment"),
    ("sales.shipments", "Mount Polley", "2010-Q3", "2", "shipment"),
    ("sales.shipments", "Huckleberry", "2010-Q3", "2", "shipment"),
    ("finance.revaluation", "", "2011-Q3", "-14.6", "CAD million"),
    ("finance.derivative_gain", "", "2011-Q3", "16.7", "CAD million"),
    ("finance.derivative_gain", "", "2010-Q3", "-10.9", "CAD million"),
    ("finance.derivative_gain_unrealized", "", "2011-Q3", "17.5", "CAD million"),
    ("finance.derivative_gain_unrealized", "", "2010-Q3", "-8.2", "CAD million"),
    ("finance.derivative_gain_realized", "", "2011-Q3", "-0.8", "CAD million"),
    ("finance.derivative_gain_realized", "", "2010-Q3", "-2.7", "CAD million"),
    ("finance.capital_expenditures", "", "2011-Q3", "12.7", "CAD million"),
    ("finance.capital_expenditures", "", "2010-Q3", "15.2", "CAD million"),
    ("finance.cash", "", "2011-Q3", "30.8", "CAD million"),
)
